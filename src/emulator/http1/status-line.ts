import { ParseError } from './parse-error.ts';

/** The first line of an answer. */
export interface StatusLine {
  readonly version: string;
  readonly status: number;
  /** As UTF-8. */
  readonly reason: string;
}

const EXPECTED_NAME = ['HPE_INVALID_CONSTANT', 'Expected HTTP/'] as const;
const BAD_VERSION = ['HPE_INVALID_VERSION', 'Invalid HTTP version'] as const;
const BAD_STATUS = ['HPE_INVALID_STATUS', 'Invalid status code'] as const;

/** What may stand at each place of `HTTP/1.1 200`, and what the parser says of anything else. */
const PLACES = [
  ...[...'HTTP/'].map((letter) => [new RegExp(letter), ...EXPECTED_NAME] as const),
  [/\d/, ...BAD_VERSION],
  [/\./, 'HPE_INVALID_VERSION', 'Expected dot'],
  [/\d/, ...BAD_VERSION],
  [/ /, 'HPE_INVALID_VERSION', 'Expected space after version'],
  [/\d/, ...BAD_STATUS],
  [/\d/, ...BAD_STATUS],
  [/\d/, ...BAD_STATUS],
  [/[ \r]/, 'HPE_INVALID_STATUS', 'Invalid response status'],
] as const;

const VERSIONS = new Set(['0.9', '1.0', '1.1', '2.0']);

/**
 * Refuses the beginning of a status line that no end can make one.
 * @throws ParseError
 */
export function checkStatusLine(beginning: string): void {
  for (const [index, [pattern, code, message]] of PLACES.entries()) {
    if (index >= beginning.length) return;
    if (!pattern.test(beginning.charAt(index))) throw new ParseError(code, message);
    if (index === 7 && !VERSIONS.has(beginning.slice(5, 8))) throw new ParseError(...BAD_VERSION);
  }
}

/**
 * Reads a status line without its line break; characters are bytes.
 * @throws ParseError
 */
export function parseStatusLine(line: string): StatusLine {
  checkStatusLine(`${line}\r`);
  const reason = Uint8Array.from(line.slice(13), (character) => character.charCodeAt(0));
  return {
    version: line.slice(5, 8),
    status: Number(line.slice(9, 12)),
    reason: new TextDecoder().decode(reason),
  };
}
