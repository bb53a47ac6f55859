import { floatRepr } from '../../python/float-repr.ts';
import { INT_DIGITS_MAX } from '../../python/json-read.ts';
import { type NumberOptions, parsePythonFloat, parsePythonInt } from '../../python/parse-number.ts';
import type { PyValue } from '../../python/value.ts';
import { type Checked, UnhandledError, valid } from './problem.ts';

/** `str(value)` for what is a number; null for what Pydantic 1 refuses. */
export function toStr(value: PyValue): Checked | null {
  if (typeof value === 'string') return valid(value);
  if (typeof value === 'boolean') return valid(value ? 'True' : 'False');
  if (typeof value === 'bigint') return valid(String(value));
  if (typeof value !== 'number') return null;
  if (Number.isFinite(value)) return valid(floatRepr(value));
  return valid(Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf');
}

/** `int(value)`; null for what Pydantic 1 refuses. */
export function toInt(value: PyValue, numbers: NumberOptions): Checked | null {
  if (typeof value === 'bigint') return valid(value);
  if (typeof value === 'boolean') return valid(value ? 1n : 0n);
  if (typeof value === 'number') {
    return Number.isFinite(value) ? valid(BigInt(Math.trunc(value))) : null;
  }
  if (typeof value !== 'string') return null;
  if (value.length > INT_DIGITS_MAX) return null;
  const parsed = parsePythonInt(value, numbers);
  return parsed === null ? null : valid(parsed);
}

/** `float(value)`; null for what Pydantic 1 refuses. @throws UnhandledError for an int beyond floats. */
export function toFloat(value: PyValue, numbers: NumberOptions): Checked | null {
  if (typeof value === 'number') return valid(value);
  if (typeof value === 'boolean') return valid(value ? 1 : 0);
  if (typeof value === 'bigint') {
    const converted = Number(value);
    if (Number.isFinite(converted)) return valid(converted);
    throw new UnhandledError('int too large to convert to float');
  }
  if (typeof value !== 'string') return null;
  const parsed = parsePythonFloat(value, numbers);
  return parsed === null ? null : valid(parsed);
}

const TRUE = new Set(['1', 'on', 't', 'true', 'y', 'yes']);
const FALSE = new Set(['0', 'off', 'f', 'false', 'n', 'no']);

/** A bool from 0, 1 and the usual words; null for what Pydantic 1 refuses. */
export function toBool(value: PyValue): Checked | null {
  if (typeof value === 'boolean') return valid(value);
  if (typeof value === 'object') return null;
  const word = String(value).toLowerCase();
  if (TRUE.has(word)) return valid(true);
  return FALSE.has(word) ? valid(false) : null;
}
