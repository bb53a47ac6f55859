const DIGITS = /^[+-]?\p{Nd}+(?:_\p{Nd}+)*$/u;
const FLOAT =
  /^[+-]?(?:\p{Nd}+(?:_\p{Nd}+)*\.?(?:\p{Nd}+(?:_\p{Nd}+)*)?|\.\p{Nd}+(?:_\p{Nd}+)*)(?:e[+-]?\p{Nd}+(?:_\p{Nd}+)*)?$/iu;
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

/** Python's `int(text)`; null where it raises ValueError. The digit limit is the caller's. */
export function parsePythonInt(text: string): bigint | null {
  const trimmed = stripForNumber(text);
  if (!DIGITS.test(trimmed)) return null;
  const digits = asciiDigits(trimmed).replaceAll('_', '');
  return digits.startsWith('-') ? -BigInt(digits.slice(1)) : BigInt(digits.replace('+', ''));
}

/** Python's `float(text)`; null where it raises ValueError. */
export function parsePythonFloat(text: string): number | null {
  const trimmed = stripForNumber(text);
  const special = SPECIAL.exec(trimmed);
  if (special !== null) {
    if (special[2]?.toLowerCase() === 'nan') return Number.NaN;
    return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (!FLOAT.test(trimmed)) return null;
  return Number(asciiDigits(trimmed).replaceAll('_', ''));
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

/** Replaces decimal digits of every script by ASCII ones. */
function asciiDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const codePoint = digit.codePointAt(0) ?? 0;
    if (codePoint < 0x80) return digit;
    // Unicode keeps the digits of a script together, from zero to nine.
    let zero = codePoint;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return String((codePoint - zero) % 10);
  });
}
