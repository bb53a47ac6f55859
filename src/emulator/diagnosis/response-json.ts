import type { HeaderList } from '../../scenarios/outcome.ts';
import { JsonDecodeError } from '../python/json-errors.ts';
import { readJson } from '../python/json-read.ts';
import type { PyValue } from '../python/value.ts';
import { type Codec, codecOf, decodeReplacing, decodeStrictly } from './codecs.ts';
import { headerOf } from './headers.ts';

/**
 * How many containers may be open before CPython 3.11 raises RecursionError, measured with
 * `invoke` called from the top of a script. Every frame of the caller takes one away.
 */
export const DEPTH_MAX = 987;

/** The captures were made on CPython 3.11, which does not name a trailing comma. */
const READ_OPTIONS = { trailingCommaMessage: false, depthMax: DEPTH_MAX } as const;

/**
 * The text that requests' `Response.json()` reads: decoded by the Content-Type, or, where that
 * says nothing, by the zero bytes at the beginning.
 */
export function jsonText(headers: HeaderList, body: Uint8Array): string {
  const charset = charsetOf(headers);
  if ((charset === null || charset === '') && body.length > 3) {
    const codec = guessCodec(body);
    const text = codec === null ? null : decodeStrictly(body, codec);
    if (text !== null) return text;
  }
  if (charset !== null) return decodeReplacing(body, codecOf(charset) ?? 'utf-8');
  // Here requests lets charset-normalizer guess. What it guesses for bytes that are no UTF-8 differs
  // from one release to the next, but it is nearly always an encoding of one byte per character.
  return decodeStrictly(body, 'utf-8') ?? decodeReplacing(body, 'latin-1');
}

/**
 * Reads the text as `json.loads(str)` does.
 * @throws JsonDecodeError, JsonDepthError, JsonIntError
 */
export function readJsonText(text: string): PyValue {
  if (text.startsWith('\ufeff')) {
    throw new JsonDecodeError('Unexpected UTF-8 BOM (decode using utf-8-sig)', text, 0);
  }
  return readJson(text, READ_OPTIONS);
}

/** `requests.utils.get_encoding_from_headers`. */
function charsetOf(headers: HeaderList): string | null {
  const contentType = headerOf(headers, 'content-type');
  if (contentType === null || contentType === '') return null;
  const [mediaType = '', ...parameters] = contentType.split(';');
  let charset: string | null = null;
  for (const parameter of parameters) {
    const equals = parameter.indexOf('=');
    if (equals < 0) continue;
    const name = stripQuotes(parameter.slice(0, equals)).toLowerCase();
    if (name === 'charset') charset = stripQuotes(parameter.slice(equals + 1));
  }
  if (charset !== null) return charset;
  if (mediaType.includes('text')) return 'ISO-8859-1';
  return mediaType.includes('application/json') ? 'utf-8' : null;
}

function stripQuotes(text: string): string {
  return text.replaceAll(/^["' \t]+|["' \t]+$/g, '');
}

/** `requests.utils.guess_json_utf`: JSON begins with two ASCII characters, so zeros tell. */
function guessCodec(body: Uint8Array): Codec | null {
  const [a, b, c, d] = body;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return 'utf-32';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32';
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8-sig';
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return 'utf-16';
  const zeros = [a, b, c, d].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  return GUESSES[zeros] ?? null;
}

const GUESSES: Readonly<Record<string, Codec>> = {
  xxxx: 'utf-8',
  '0x0x': 'utf-16-be',
  x0x0: 'utf-16-le',
  '000x': 'utf-32-be',
  x000: 'utf-32-le',
};
