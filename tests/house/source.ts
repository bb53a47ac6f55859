import { readdirSync, readFileSync } from 'node:fs';

/** A file as the rules see it; the path is relative to the repository, with slashes. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** One rule: what is wrong with a file, in words that say what to do instead. */
export type Rule = (file: SourceFile) => readonly string[];

const ROOT = new URL('../../', import.meta.url);

/** Not written by us, or not committed: what .gitignore names, and the repository itself. */
const SKIPPED =
  /^(?:node_modules|dist|coverage|\.git|\.cache|\.venv.*|__pycache__|\.pytest_cache)$/;

/** All files of the repository under a folder; what is no UTF-8 text is left out. */
export function readFiles(folder: string, accept: (path: string) => boolean): SourceFile[] {
  const files: SourceFile[] = [];
  for (const entry of readdirSync(new URL(folder, ROOT), { withFileTypes: true })) {
    if (SKIPPED.test(entry.name)) continue;
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory()) files.push(...readFiles(`${path}/`, accept));
    else if (entry.isFile() && accept(path)) {
      const text = decode(readFileSync(new URL(path, ROOT)));
      if (text !== null) files.push({ path, text });
    }
  }
  return files;
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

// A slash begins a regular expression where a value is expected.
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|(?<=(?:[=(,:[!&|?{};>]|return|^)\s*)\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*|[`{}]/gm;

/**
 * The code alone: comments, strings and regular expressions become blanks, so that their words do
 * not count. What a template computes is code. Places and lines stay as they are.
 */
export function codeOf(text: string): string {
  const blank = (part: string) => part.replace(/[^\n]/g, ' ');
  const templates: number[] = [];
  let code = '';
  let index = 0;
  let braces = 0;
  for (;;) {
    if (templates.at(-1) === braces) {
      // Inside a template, up to its end or to the next computed part.
      const end = /`|\$\{/g;
      end.lastIndex = index;
      let found = end.exec(text);
      while (found !== null && isEscaped(text, found.index)) found = end.exec(text);
      if (found === null) return code + blank(text.slice(index));
      code += blank(text.slice(index, found.index)) + blank(found[0]);
      index = found.index + found[0].length;
      if (found[0] === '`') templates.pop();
      else braces += 1;
      continue;
    }
    TOKEN.lastIndex = index;
    const token = TOKEN.exec(text);
    if (token === null) return code + text.slice(index);
    const [found] = token;
    if (found === '`') templates.push(braces);
    if (found === '{') braces += 1;
    if (found === '}') braces -= 1;
    // The brace that ends a computed part belongs to the template, like the one that began it.
    const isCode = found === '{' || (found === '}' && templates.at(-1) !== braces);
    code += text.slice(index, token.index) + (isCode ? found : blank(found));
    index = token.index + found.length;
  }
}

function isEscaped(text: string, index: number): boolean {
  let slashes = 0;
  while (text[index - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

/** The line, counted from 1, in which a place stands. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
