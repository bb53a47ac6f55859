import type { HeaderList } from '../../scenarios/outcome.ts';
import { HeadersOverflowError, ParseError } from './parse-error.ts';
import { checkStatusLine, parseStatusLine, type StatusLine } from './status-line.ts';

/** The head of an answer. */
export interface AnswerHead extends StatusLine {
  readonly headers: HeaderList;
}

/** What undici takes of names and values together. */
const FIELDS_MAX_BYTES = 16 * 1024;

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
const BAD_VALUE = /[\x00-\x08\x0a-\x1f\x7f]/;

/** Reads a head from pieces, line by line. */
export interface HeadReader {
  /** Takes bytes as characters; gives the head once it is whole, and what stands behind it. */
  feed(text: string): { readonly head: AnswerHead; readonly rest: string } | null;
  /** Whether anything of a head has come. */
  readonly hasBegun: boolean;
}

/**
 * Reads as strictly as Node's newest parser.
 * @throws ParseError, HeadersOverflowError from `feed`
 */
export function createHeadReader(): HeadReader {
  let unread = '';
  let statusLine: StatusLine | null = null;
  let headers: (readonly [string, string])[] = [];
  let fieldBytes = 0;

  const takeField = (line: string) => {
    const field = parseField(line);
    fieldBytes += field[0].length + field[1].length;
    if (fieldBytes >= FIELDS_MAX_BYTES) throw new HeadersOverflowError();
    headers.push(field);
  };
  const takeLine = (line: string): AnswerHead | null => {
    if (statusLine === null) {
      statusLine = parseStatusLine(line);
      return null;
    }
    if (line !== '') {
      if (/^[ \t]/.test(line)) throw spaceError(headers.length > 0);
      takeField(line);
      return null;
    }
    const head = { ...statusLine, headers };
    statusLine = null;
    headers = [];
    fieldBytes = 0;
    return head;
  };

  return {
    get hasBegun() {
      return unread !== '' || statusLine !== null;
    },
    feed(text) {
      unread += text;
      for (;;) {
        // Line breaks before an answer are stepped over.
        if (statusLine === null) unread = unread.replace(/^[\r\n]+/, '');
        const end = unread.indexOf('\n');
        if (end < 0) break;
        const line = takeLineBreak(unread.slice(0, end), statusLine === null);
        unread = unread.slice(end + 1);
        const head = takeLine(line);
        if (head === null) continue;
        const rest = unread;
        unread = '';
        return { head, rest };
      }
      if (statusLine === null) checkStatusLine(unread);
      if (/\r[^\n]/.test(unread)) throw new ParseError('HPE_LF_EXPECTED', 'Expected LF after CR');
      if (fieldBytes + unread.length > FIELDS_MAX_BYTES * 2) throw new HeadersOverflowError();
      return null;
    },
  };
}

function takeLineBreak(line: string, isFirst: boolean): string {
  if (isFirst) checkStatusLine(line);
  if (line.endsWith('\r')) {
    if (line.indexOf('\r') === line.length - 1) return line.slice(0, -1);
    throw new ParseError('HPE_LF_EXPECTED', 'Expected LF after CR');
  }
  const where = isFirst ? 'response line' : 'header value';
  throw new ParseError('HPE_CR_EXPECTED', `Missing expected CR after ${where}`);
}

function spaceError(isAfterField: boolean): ParseError {
  const where = isAfterField ? 'Unexpected whitespace after header value' : 'Unexpected space';
  return new ParseError('HPE_INVALID_HEADER_TOKEN', where);
}

function parseField(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  const name = line.slice(0, Math.max(0, colon));
  if (!TOKEN.test(name)) throw new ParseError('HPE_INVALID_HEADER_TOKEN', 'Invalid header token');
  const value = line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
  if (BAD_VALUE.test(value)) {
    throw new ParseError('HPE_INVALID_HEADER_TOKEN', 'Invalid header value char');
  }
  return [name, value];
}

/** The characters of bytes, one each. */
export function textOfBytes(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
}
