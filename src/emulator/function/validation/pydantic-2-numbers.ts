import { INT_DIGITS_MAX } from '../../python/json-read.ts';
import type { PyValue } from '../../python/value.ts';
import { type Checked, valid } from './problem.ts';

type Refuse = (type: string, msg: string) => Checked;

const INT_SIZE = 'Unable to parse input string as an integer, exceeded maximum size';

// Unicode's white space: NEL counts, and the byte order mark that JavaScript trims does not.
const SPACE = '[\\t-\\r \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]+';
const OUTER_SPACE = new RegExp(`^${SPACE}|${SPACE}$`, 'g');

function rustTrim(text: string): string {
  return text.replace(OUTER_SPACE, '');
}

const RUST_INT = /^[+-]?[0-9]+(?:_[0-9]+)*$/;
const RUST_FLOAT = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/;
const SPECIAL_FLOAT = /^([+-]?)(inf|infinity|nan)$/i;

/** An int takes whole floats, bools, and strings that read as a whole number. */
export function checkInt(value: PyValue, refuse: Refuse): Checked {
  if (typeof value === 'bigint') return valid(value);
  if (typeof value === 'boolean') return valid(value ? 1n : 0n);
  if (typeof value === 'string') return intFromText(value, refuse);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return refuse('finite_number', 'Input should be a finite number');
    if (Number.isInteger(value)) {
      if (fitsInt64(value)) return valid(BigInt(value));
      return refuse('int_parsing_size', INT_SIZE);
    }
    return refuse(
      'int_from_float',
      'Input should be a valid integer, got a number with a fractional part',
    );
  }
  return refuse('int_type', 'Input should be a valid integer');
}

function intFromText(text: string, refuse: Refuse): Checked {
  // A fraction of zeros is no fraction: "3.0" reads as 3.
  const whole = rustTrim(text).replace(/\.0+$/, '');
  // Leading zeros go first, and the underscores among them, doubled or not.
  const digits = whole.replace(/^([+-]?)0[0_]*(?=[0-9])/, '$1');
  if (!RUST_INT.test(digits)) {
    return refuse(
      'int_parsing',
      'Input should be a valid integer, unable to parse string as an integer',
    );
  }
  if (digits.length > INT_DIGITS_MAX) {
    return refuse('int_parsing_size', INT_SIZE);
  }
  const plain = digits.replaceAll('_', '').replace('+', '');
  return valid(plain.startsWith('-') ? -BigInt(plain.slice(1)) : BigInt(plain));
}

/** A float takes ints, bools, and strings that read as a number. */
export function checkFloat(value: PyValue, refuse: Refuse): Checked {
  if (typeof value === 'number') return valid(value);
  if (typeof value === 'bigint') {
    const converted = Number(value);
    if (Number.isFinite(converted)) return valid(converted);
  }
  if (typeof value === 'boolean') return valid(value ? 1 : 0);
  if (typeof value === 'string') {
    const parsed = floatFromText(rustTrim(value));
    if (parsed !== null) return valid(parsed);
    return refuse(
      'float_parsing',
      'Input should be a valid number, unable to parse string as a number',
    );
  }
  return refuse('float_type', 'Input should be a valid number');
}

function floatFromText(text: string): number | null {
  // Single underscores may stand anywhere inside: "1_e3" reads as 1000.
  if (/^_|__|_$/.test(text)) return null;
  const plain = text.replaceAll('_', '');
  const special = SPECIAL_FLOAT.exec(plain);
  if (special === null) return RUST_FLOAT.test(plain) ? Number(plain) : null;
  if (special[2]?.toLowerCase() === 'nan') return Number.NaN;
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** Pydantic's core holds these in 64 bits; a float has to stay inside of the bounds. */
function fitsInt64(value: bigint | number): boolean {
  const isAboveMin = typeof value === 'bigint' ? value >= -(2n ** 63n) : value > -(2 ** 63);
  return isAboveMin && value < 2n ** 63n;
}

const TRUE = new Set(['1', 'on', 't', 'true', 'y', 'yes']);
const FALSE = new Set(['0', 'off', 'f', 'false', 'n', 'no']);

/** A bool takes 0 and 1 as int, float or string, and the usual words. */
export function checkBool(value: PyValue, refuse: Refuse): Checked {
  if (typeof value === 'boolean') return valid(value);
  const isNumber = typeof value === 'bigint' || typeof value === 'number';
  const isWhole = isNumber && fitsInt64(value) && Number.isInteger(Number(value));
  if (isWhole || typeof value === 'string') {
    const word = String(value).toLowerCase();
    if (TRUE.has(word)) return valid(true);
    if (FALSE.has(word)) return valid(false);
    return refuse('bool_parsing', 'Input should be a valid boolean, unable to interpret input');
  }
  return refuse('bool_type', 'Input should be a valid boolean');
}
