import { isDict, isList, type PyDict, type PyValue } from '../../python/value.ts';
import { type Checked, type Location, refused, valid } from './problem.ts';
import { toStr } from './pydantic-1-scalars.ts';

/**
 * Python's `dict(value)`, by which Pydantic 1 makes a dict of whatever it can: `[]` is an empty
 * one, and so is a list of pairs, where a string of two characters is a pair too.
 */
export function dictOf(value: PyValue, loc: Location): Checked {
  const made = makeDict(value);
  if (made !== null) return valid(made.dict);
  return refused({ type: 'type_error.dict', loc, msg: 'value is not a valid dict', input: value });
}

/** The same for the keyword arguments of a model, whose names must be strings. */
export function keywordsOf(value: PyValue, loc: Location): Checked {
  const made = makeDict(value);
  if (made === null || made.hasOnlyTextKeys) return dictOf(value, loc);
  return refused({ type: 'type_error', loc, msg: 'keywords must be strings', input: value });
}

interface MadeDict {
  readonly dict: PyDict;
  readonly hasOnlyTextKeys: boolean;
}

function makeDict(value: PyValue): MadeDict | null {
  if (isDict(value)) return { dict: value, hasOnlyTextKeys: true };
  if (value === '') return { dict: new Map(), hasOnlyTextKeys: true };
  if (!isList(value)) return null;
  const dict = new Map<string, PyValue>();
  let hasOnlyTextKeys = true;
  for (const item of value) {
    const [key, member, ...more] = membersOf(item) ?? [];
    if (key === undefined || member === undefined || more.length > 0) return null;
    const name = key === null ? 'None' : toStr(key);
    // A list or a dict cannot be a key.
    if (name === null) return null;
    if (typeof key !== 'string') hasOnlyTextKeys = false;
    dict.set(typeof name === 'string' ? name : String(name.ok ? name.value : ''), member);
  }
  return { dict, hasOnlyTextKeys };
}

/** What Python's iteration over a value yields; null for what cannot be iterated over. */
function membersOf(value: PyValue): readonly PyValue[] | null {
  if (typeof value === 'string') return [...value];
  if (isDict(value)) return [...value.keys()];
  return isList(value) ? value : null;
}
