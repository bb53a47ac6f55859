import { JsonDecodeError, JsonDepthError, JsonIntError } from './json-errors.ts';
import { readString } from './json-string.ts';
import type { PyValue } from './value.ts';

/** In what one CPython's reader differs from another's. */
export interface ReadOptions {
  /** CPython 3.13 and later name a trailing comma, at the comma. */
  readonly trailingCommaMessage: boolean;
  /** How many containers may be open at once. */
  readonly depthMax: number;
}

/** `sys.set_int_max_str_digits`, CPython's default. */
export const INT_DIGITS_MAX = 4300;

interface Frame {
  readonly list: PyValue[] | null;
  readonly dict: Map<string, PyValue>;
  key: string;
}

const NO_DICT = new Map<string, PyValue>();

/**
 * Reads JSON exactly as CPython's `json.loads` does, errors included. It keeps its own stack, so
 * that the interpreter's depth limit is Python's and not JavaScript's.
 * Source: behaviour of CPython 3.11 to 3.14, captured in tests/conformance (family bad-json).
 * @throws JsonDecodeError, JsonDepthError, JsonIntError
 */
export function readJson(text: string, options: ReadOptions): PyValue {
  const open: Frame[] = [];
  let index = skipSpace(text, 0);
  for (;;) {
    const opening = text[index];
    let value: PyValue;
    if (opening === '{' || opening === '[') {
      if (open.length >= options.depthMax)
        throw new JsonDepthError('maximum recursion depth exceeded');
      const list: PyValue[] | null = opening === '[' ? [] : null;
      const frame: Frame = { list, dict: list === null ? new Map() : NO_DICT, key: '' };
      index = skipSpace(text, index + 1);
      if (text[index] !== closingOf(frame)) {
        open.push(frame);
        index = readKey(text, index, frame);
        continue;
      }
      value = frame.list ?? frame.dict;
      index += 1;
    } else {
      [value, index] = readScalar(text, index);
    }
    const next = closeFrames(text, index, open, value, options);
    if (next.done) return next.value;
    index = next.index;
  }
}

type Closed = { done: true; value: PyValue } | { done: false; index: number };

/** Puts a finished value into its container, and closes every container that ends there. */
function closeFrames(
  text: string,
  start: number,
  open: Frame[],
  finished: PyValue,
  options: ReadOptions,
): Closed {
  let value = finished;
  let index = start;
  for (;;) {
    index = skipSpace(text, index);
    const frame = open.at(-1);
    if (frame === undefined) {
      if (index !== text.length) throw new JsonDecodeError('Extra data', text, index);
      return { done: true, value };
    }
    if (frame.list !== null) frame.list.push(value);
    else frame.dict.set(frame.key, value);
    const closing = closingOf(frame);
    if (text[index] !== closing) {
      if (text[index] !== ',') throw new JsonDecodeError("Expecting ',' delimiter", text, index);
      const comma = index;
      index = skipSpace(text, index + 1);
      if (options.trailingCommaMessage && text[index] === closing) {
        const what = frame.list === null ? 'object' : 'array';
        throw new JsonDecodeError(`Illegal trailing comma before end of ${what}`, text, comma);
      }
      return { done: false, index: readKey(text, index, frame) };
    }
    value = frame.list ?? frame.dict;
    open.pop();
    index += 1;
  }
}

function closingOf(frame: Frame): string {
  return frame.list === null ? '}' : ']';
}

/** Reads `"key":` into a dict's frame; a list has no keys. Returns where the value begins. */
function readKey(text: string, start: number, frame: Frame): number {
  if (frame.list !== null) return start;
  if (text[start] !== '"') {
    throw new JsonDecodeError('Expecting property name enclosed in double quotes', text, start);
  }
  const [key, end] = readString(text, start);
  const colon = skipSpace(text, end);
  if (text[colon] !== ':') throw new JsonDecodeError("Expecting ':' delimiter", text, colon);
  frame.key = key;
  return skipSpace(text, colon + 1);
}

const WORDS: readonly (readonly [word: string, value: PyValue])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
];

const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;

function readScalar(text: string, index: number): [value: PyValue, end: number] {
  if (text[index] === '"') return readString(text, index);
  for (const [word, value] of WORDS) {
    if (text.startsWith(word, index)) return [value, index + word.length];
  }
  NUMBER.lastIndex = index;
  const match = NUMBER.exec(text);
  if (match === null) throw new JsonDecodeError('Expecting value', text, index);
  const [whole, integer = ''] = match;
  const end = index + whole.length;
  if (whole.length > integer.length) return [Number(whole), end];
  const digits = integer.length - (integer.startsWith('-') ? 1 : 0);
  if (digits > INT_DIGITS_MAX)
    throw new JsonIntError(`Exceeds the limit of ${INT_DIGITS_MAX} digits`);
  return [BigInt(integer), end];
}

function skipSpace(text: string, start: number): number {
  let index = start;
  for (;;) {
    const unit = text.charCodeAt(index);
    if (unit !== 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09) return index;
    index += 1;
  }
}
