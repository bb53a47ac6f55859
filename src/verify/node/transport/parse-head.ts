import type { HeaderList } from '../../../scenarios/outcome.ts';

/** Status line and headers of an answer. */
export interface Head {
  /** 0 for HTTP/1.0, 1 for HTTP/1.1. */
  readonly minor: number;
  readonly status: number;
  readonly headers: HeaderList;
}

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-9]\d\d)(?: [\t\x20-\x7e\x80-\xff]*)?$/;
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*([\t\x20-\x7e\x80-\xff]*?)[\t ]*$/;

const LINE_CHARS_MAX = 60;

/**
 * Reads the lines of a head as strictly as Node's own client does.
 * @returns why it is none, as a sentence, when it is none
 */
export function parseHead(lines: readonly string[]): Head | string {
  const [statusLine = '', ...rest] = lines;
  const [, minor, status] = STATUS_LINE.exec(statusLine) ?? [];
  if (minor === undefined || status === undefined) {
    return `The status line ${showLine(statusLine)} is not one of HTTP/1.1.`;
  }
  const headers: (readonly [string, string])[] = [];
  for (const line of rest) {
    const [, name, value] = HEADER.exec(line) ?? [];
    if (name === undefined || value === undefined) {
      return `The line ${showName(line)} among the headers is no header.`;
    }
    headers.push([name, value]);
  }
  return { minor: Number(minor), status: Number(status), headers };
}

/** True for a line like `Name: value`. */
export function isHeaderLine(line: string): boolean {
  return HEADER.test(line);
}

/** The values of a header, in their order. */
export function valuesOf(headers: HeaderList, name: string): readonly string[] {
  return headers.flatMap(([known, value]) => (known.toLowerCase() === name ? [value] : []));
}

function showLine(line: string): string {
  return JSON.stringify(line.slice(0, LINE_CHARS_MAX));
}

/** Not the value: it may be a cookie. */
function showName(line: string): string {
  return showLine(line.includes(':') ? `${line.slice(0, line.indexOf(':'))}:` : line);
}
