import { toAsciiDigits } from './decimal-digits.ts';

/** In what one CPython's numbers differ from another's. */
export interface NumberOptions {
  /** Whose decimal digits are known. */
  readonly unicodeVersion: number;
}

const DIGITS = /^[+-]?[0-9]+(?:_[0-9]+)*$/;
const FLOAT =
  /^[+-]?(?:[0-9]+(?:_[0-9]+)*\.?(?:[0-9]+(?:_[0-9]+)*)?|\.[0-9]+(?:_[0-9]+)*)(?:e[+-]?[0-9]+(?:_[0-9]+)*)?$/i;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

/** Python's `int(text)`; null where it raises ValueError. The digit limit is the caller's. */
export function parsePythonInt(text: string, { unicodeVersion }: NumberOptions): bigint | null {
  const ascii = toAsciiDigits(stripForNumber(text), unicodeVersion);
  if (ascii === null || !DIGITS.test(ascii)) return null;
  const digits = ascii.replaceAll('_', '');
  return digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits.replace('+', ''));
}

/** Python's `float(text)`; null where it raises ValueError. */
export function parsePythonFloat(text: string, { unicodeVersion }: NumberOptions): number | null {
  const ascii = toAsciiDigits(stripForNumber(text), unicodeVersion);
  if (ascii === null) return null;
  const special = SPECIAL.exec(ascii);
  if (special !== null) {
    if (special[2]?.toLowerCase() === 'nan') return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return FLOAT.test(ascii) ? Number(ascii.replaceAll('_', '')) : null;
}

/** Before a number is read; in a text that is all ASCII, only C's white space counts. */
function stripForNumber(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text.replace(/^[\t-\r ]+|[\t-\r ]+$/g, '') : pythonStrip(text);
}

// Python counts the separators FS, GS, RS, US and NEL as white space, and not the BOM.
const SPACE =
  '[\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const OUTER_SPACE = new RegExp(`^${SPACE}|${SPACE}$`, 'g');

/** Python's `str.strip()`. */
export function pythonStrip(text: string): string {
  return text.replace(OUTER_SPACE, '');
}
