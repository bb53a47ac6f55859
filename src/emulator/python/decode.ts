import { LONE_SURROGATE } from './surrogates.ts';

/**
 * Decodes a JSON body as `json.loads(bytes)` does: the encoding is guessed from the first bytes,
 * and surrogates pass. Null when Python would raise UnicodeDecodeError.
 *
 * A surrogate that stands by itself, not as an escape, is stored as U+D800 whatever it was: two of
 * them must not become one character, and no answer can tell, since none can be written out again.
 */
export function decodeJsonBytes(bytes: Uint8Array): string | null {
  const encoding = detectEncoding(bytes);
  if (encoding === 'utf-8') return decodeUtf8(bytes, { surrogates: true });
  if (encoding === 'utf-8-sig') return decodeUtf8(bytes.subarray(3), { surrogates: true });
  if (encoding.startsWith('utf-16')) return decodeUtf16(bytes, encoding);
  return decodeUtf32(bytes, encoding);
}

type Encoding =
  | 'utf-8'
  | 'utf-8-sig'
  | 'utf-16-bom-le'
  | 'utf-16-bom-be'
  | 'utf-16-le'
  | 'utf-16-be'
  | 'utf-32-bom-le'
  | 'utf-32-bom-be'
  | 'utf-32-le'
  | 'utf-32-be';

const BYTE_ORDER_MARKS: readonly (readonly [mark: readonly number[], encoding: Encoding])[] = [
  // UTF-32's little-endian mark begins with UTF-16's, so it is asked for first.
  [[0x00, 0x00, 0xfe, 0xff], 'utf-32-bom-be'],
  [[0xff, 0xfe, 0x00, 0x00], 'utf-32-bom-le'],
  [[0xfe, 0xff], 'utf-16-bom-be'],
  [[0xff, 0xfe], 'utf-16-bom-le'],
  [[0xef, 0xbb, 0xbf], 'utf-8-sig'],
];

/** `json.detect_encoding`: JSON begins with two ASCII characters, so the zero bytes tell. */
function detectEncoding(bytes: Uint8Array): Encoding {
  for (const [mark, encoding] of BYTE_ORDER_MARKS) {
    if (mark.every((byte, index) => bytes[index] === byte)) return encoding;
  }
  const [first, second, third, fourth] = bytes;
  if (bytes.length >= 4) {
    if (first === 0) return second === 0 ? 'utf-32-be' : 'utf-16-be';
    if (second === 0) return third === 0 && fourth === 0 ? 'utf-32-le' : 'utf-16-le';
  } else if (bytes.length === 2) {
    if (first === 0) return 'utf-16-be';
    if (second === 0) return 'utf-16-le';
  }
  return 'utf-8';
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes UTF-8; null when it is invalid. `surrogates` is Python's "surrogatepass". */
export function decodeUtf8(bytes: Uint8Array, options: { surrogates: boolean }): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return options.surrogates ? decodeWithSurrogates(bytes) : null;
  }
}

const LONE = String.fromCharCode(LONE_SURROGATE);

/** Replaces every encoded surrogate (ED A0..BF xx), then decodes what is between them strictly. */
function decodeWithSurrogates(bytes: Uint8Array): string | null {
  let text = '';
  let start = 0;
  for (let index = 0; index + 2 < bytes.length; index += 1) {
    const isSurrogate =
      bytes[index] === 0xed &&
      ((bytes[index + 1] ?? 0) & 0xe0) === 0xa0 &&
      ((bytes[index + 2] ?? 0) & 0xc0) === 0x80;
    if (!isSurrogate) continue;
    const before = decodeUtf8(bytes.subarray(start, index), { surrogates: false });
    if (before === null) return null;
    text += `${before}${LONE}`;
    start = index + 3;
    index += 2;
  }
  if (start === 0) return null;
  const rest = decodeUtf8(bytes.subarray(start), { surrogates: false });
  return rest === null ? null : text + rest;
}

function decodeUtf16(bytes: Uint8Array, encoding: Encoding): string | null {
  const start = encoding.includes('bom') ? 2 : 0;
  if ((bytes.length - start) % 2 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = encoding.endsWith('le');
  const parts: string[] = [];
  for (let offset = start; offset < bytes.length; offset += 2) {
    parts.push(String.fromCharCode(view.getUint16(offset, littleEndian)));
  }
  const text = parts.join('');
  return text.isWellFormed() ? text : text.replace(/\p{Surrogate}/gu, LONE);
}

function decodeUtf32(bytes: Uint8Array, encoding: Encoding): string | null {
  const start = encoding.includes('bom') ? 4 : 0;
  if ((bytes.length - start) % 4 !== 0) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = encoding.endsWith('le');
  const parts: string[] = [];
  for (let offset = start; offset < bytes.length; offset += 4) {
    const codePoint = view.getUint32(offset, littleEndian);
    if (codePoint > 0x10ffff) return null;
    const isSurrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    parts.push(String.fromCodePoint(isSurrogate ? LONE_SURROGATE : codePoint));
  }
  return parts.join('');
}
