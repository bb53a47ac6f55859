import { isDict, isList, type PyValue } from '../../python/value.ts';
import { type Checked, type Location, refused, valid } from './problem.ts';

/**
 * Python's `dict(value)`, by which Pydantic 1 makes a dict of whatever it can: `[]` is an empty
 * one, and so is a list of pairs, where a string of two characters is a pair too.
 */
export function dictOf(value: PyValue, loc: Location): Checked {
  if (isDict(value)) return valid(value);
  const pairs = pairsOf(value);
  if (pairs === null) {
    return refused({
      type: 'type_error.dict',
      loc,
      msg: 'value is not a valid dict',
      input: value,
    });
  }
  return valid(pairs);
}

function pairsOf(value: PyValue): PyValue | null {
  if (typeof value === 'string') return value === '' ? new Map() : null;
  if (!isList(value)) return null;
  const dict = new Map<string, PyValue>();
  for (const item of value) {
    const pair = membersOf(item);
    if (pair === null || pair.length !== 2) return null;
    const [key, member] = pair;
    if (typeof key !== 'string' || member === undefined) return null;
    dict.set(key, member);
  }
  return dict;
}

/** What Python's iteration over a value yields. */
function membersOf(value: PyValue): readonly PyValue[] | null {
  if (typeof value === 'string') return [...value];
  if (isDict(value)) return [...value.keys()];
  return isList(value) ? value : null;
}
