import type { HeaderList } from '../../scenarios/outcome.ts';
import { ParseError } from './parse-error.ts';
import type { AnswerHead } from './read-head.ts';

/** How the end of a body is told. */
export type Framing =
  | { readonly kind: 'none' }
  | { readonly kind: 'length'; readonly bytes: number }
  | { readonly kind: 'chunked' }
  /** By the end of the connection. */
  | { readonly kind: 'close' };

/**
 * Reads from a head how long the body is.
 * @throws ParseError for headers that contradict each other
 */
export function framingOf({ status, headers }: AnswerHead, method: string): Framing {
  const lengths = valuesOf(headers, 'content-length');
  const encodings = valuesOf(headers, 'transfer-encoding');
  if (lengths.length > 1) throw badLength('HPE_UNEXPECTED_CONTENT_LENGTH', 'Duplicate');
  if (lengths.length > 0 && encodings.length > 0) {
    const message = "Content-Length can't be present with Transfer-Encoding";
    throw new ParseError('HPE_UNEXPECTED_CONTENT_LENGTH', message);
  }
  const [length] = lengths;
  const bytes = length === undefined ? null : parseLength(length);
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) {
    return { kind: 'none' };
  }
  if (bytes !== null) return { kind: 'length', bytes };
  if (/(?:^|[,\s])chunked\s*$/i.test(encodings.join(','))) return { kind: 'chunked' };
  return { kind: 'close' };
}

/**
 * Whether a client may use the connection again. Undici takes the end of one that it may not use
 * again for the end of the answer, however the connection ended.
 */
export function isKeptAlive({ version, headers }: AnswerHead, framing: Framing): boolean {
  const tokens = valuesOf(headers, 'connection')
    .join(',')
    .toLowerCase()
    .split(/\s*,\s*/);
  if (framing.kind === 'close' || tokens.includes('close')) return false;
  return version === '1.1' || tokens.includes('keep-alive');
}

function parseLength(value: string): number {
  if (value === '') throw badLength('HPE_INVALID_CONTENT_LENGTH', 'Empty');
  if (!/^\d+$/.test(value)) {
    throw badLength('HPE_INVALID_CONTENT_LENGTH', 'Invalid character in');
  }
  if (value.length > 19) {
    throw new ParseError('HPE_INVALID_CONTENT_LENGTH', 'Content-Length overflow');
  }
  return Number(value);
}

function badLength(code: string, problem: string): ParseError {
  return new ParseError(code, `${problem} Content-Length`);
}

function valuesOf(headers: HeaderList, name: string): string[] {
  return headers.filter(([known]) => known.toLowerCase() === name).map(([, value]) => value);
}
