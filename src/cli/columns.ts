import type { Output } from './command.ts';

const COLUMNS_MAX = 100;

/** Where the second column begins. */
const INDENT = 32;

/** How wide a text may be. */
export function columnsOf({ columns }: Pick<Output, 'columns'>): number {
  return Math.min(columns ?? COLUMNS_MAX, COLUMNS_MAX);
}

/** A term and what is said of it, in two columns. */
export function row(term: string, text: string, columns: number, indent = INDENT): string {
  const lines = wrap(text, Math.max(24, columns - indent));
  const head = `  ${term}`;
  const fits = head.length < indent - 1;
  const body = lines.map((line) => `${' '.repeat(indent)}${line}`);
  if (!fits) return [head, ...body].join('\n');
  return [`${head.padEnd(indent)}${lines[0] ?? ''}`, ...body.slice(1)].join('\n');
}

/** Breaks a text into lines, at its spaces. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
