import { readFileSync } from 'node:fs';

/** A code block of a Markdown page. */
export interface Block {
  /** Of its fence, counted from 1. */
  readonly line: number;
  /** `sh`, `ts`, `text`, …; empty when the fence names none. */
  readonly language: string;
  readonly text: string;
  /** What a comment `<!-- check: … -->` right before the fence says; the page does not show it. */
  readonly check: string | null;
}

/** The folder of the repository. */
export const ROOT = new URL('../../', import.meta.url);

/** The text of a page, by its path in the repository. */
export function readPage(path: string): string {
  return readFileSync(new URL(path, ROOT), 'utf8');
}

/** All code blocks of a page, in its order. */
export function readBlocks(markdown: string): readonly Block[] {
  const lines = markdown.split('\n');
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const fence = /^```(\S*)/.exec(lines[index] ?? '');
    if (fence === null) continue;
    const end = lines.indexOf('```', index + 1);
    if (end < 0) throw new Error(`the block in line ${index + 1} does not end`);
    blocks.push({
      line: index + 1,
      language: fence[1] ?? '',
      text: `${lines.slice(index + 1, end).join('\n')}\n`,
      check: /^<!-- check: (.+) -->$/.exec(lines[index - 1] ?? '')?.[1] ?? null,
    });
    index = end;
  }
  return blocks;
}
