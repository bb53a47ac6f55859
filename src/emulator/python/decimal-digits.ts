/**
 * The decimal digits that came after Unicode 13, which CPython 3.10 has: a version, and the zeros
 * of its scripts. Unicode keeps a script's digits together, from zero to nine.
 * Source: `str.isdecimal` of CPython 3.10 to 3.14, and Unicode 17 of Node 24.
 */
const LATER_ZEROS: readonly (readonly [unicodeVersion: number, zeros: readonly number[]])[] = [
  [14, [0x16ac0]],
  [15, [0x11f50, 0x1e4f0]],
  [16, [0x10d40, 0x116d0, 0x116da, 0x11bf0, 0x16130, 0x16d70, 0x1ccf0, 0x1e5f1]],
  [17, [0x11de0]],
];

/** By code point; JavaScript's own tables, which move with it, decide about older digits only. */
const LATER_DIGITS: ReadonlyMap<number, { unicodeVersion: number; value: number }> = new Map(
  LATER_ZEROS.flatMap(([unicodeVersion, zeros]) =>
    zeros.flatMap((zero) =>
      Array.from({ length: 10 }, (_, value) => [zero + value, { unicodeVersion, value }] as const),
    ),
  ),
);

const OLD_DIGIT = /\p{Nd}/u;

/**
 * Replaces the decimal digits of every script that this Unicode knows by ASCII ones; null when
 * there is anything else beyond ASCII, and so no number.
 */
export function toAsciiDigits(text: string, unicodeVersion: number): string | null {
  if (/^[\0-\x7f]*$/.test(text)) return text;
  let ascii = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const later = LATER_DIGITS.get(codePoint);
    if (codePoint < 0x80) ascii += character;
    else if (later !== undefined) {
      if (later.unicodeVersion > unicodeVersion) return null;
      ascii += String(later.value);
    } else if (OLD_DIGIT.test(character)) ascii += String(digitValue(codePoint));
    else return null;
  }
  return ascii;
}

/** What an old digit counts; blocks of them can stand side by side. */
function digitValue(codePoint: number): number {
  let zero = codePoint;
  while (OLD_DIGIT.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (codePoint - zero) % 10;
}
