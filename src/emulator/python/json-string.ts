import { JsonDecodeError } from './json-errors.ts';
import { isHighSurrogate, isLowSurrogate, LONE_SURROGATE } from './surrogates.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

const HEX4 = /[0-9a-fA-F]{4}/y;

/** What ends a run of plain characters in a string. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: Python refuses control characters here.
const STOP = /["\\\u0000-\u001f]/g;

/** Reads the string that begins at `quote`, as CPython's scanner does; `end` is behind it. */
export function readString(text: string, quote: number): [value: string, end: number] {
  let value = '';
  let index = quote + 1;
  for (;;) {
    STOP.lastIndex = index;
    const stop = STOP.exec(text);
    if (stop === null) throw new JsonDecodeError('Unterminated string starting at', text, quote);
    value += text.slice(index, stop.index);
    if (stop[0] === '"') return [value, stop.index + 1];
    if (stop[0] !== '\\')
      throw new JsonDecodeError('Invalid control character at', text, stop.index);
    const letter = text[stop.index + 1];
    if (letter === undefined)
      throw new JsonDecodeError('Unterminated string starting at', text, quote);
    if (letter === 'u') {
      const unit = readHex(text, stop.index + 2);
      // Two escapes in a row make one character; a raw surrogate and an escape stay two. What is
      // raw is looked up in the text: asking `value` would put its pieces together each time.
      const isBehindRawHigh =
        stop.index > index && isHighSurrogate(text.charCodeAt(stop.index - 1));
      value += String.fromCharCode(isBehindRawHigh && isLowSurrogate(unit) ? LONE_SURROGATE : unit);
      index = stop.index + 6;
      continue;
    }
    const character = Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : undefined;
    if (character === undefined) {
      throw new JsonDecodeError('Invalid \\escape', text, stop.index);
    }
    value += character;
    index = stop.index + 2;
  }
}

/** Reads four hexadecimal digits, which Python wants to be followed by anything at all. */
function readHex(text: string, start: number): number {
  HEX4.lastIndex = start;
  const digits = HEX4.exec(text);
  if (digits === null || start + 4 >= text.length) {
    throw new JsonDecodeError('Invalid \\uXXXX escape', text, start - 1);
  }
  return Number.parseInt(digits[0], 16);
}
