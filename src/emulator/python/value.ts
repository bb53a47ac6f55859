/**
 * A value as Python's `json` reads it. An int is a `bigint` and a float is a `number`, so that
 * `1` and `1.0`, big integers and the sign of `-0.0` survive; a dict is a `Map`, so that every key
 * keeps its place; bytes are a body that was not read as JSON.
 */
export type PyValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | Uint8Array
  | readonly PyValue[]
  | PyDict;

/** A dict: keys in order of first appearance, the last value of a repeated key. */
export type PyDict = ReadonlyMap<string, PyValue>;

/** True for a dict. */
export function isDict(value: PyValue): value is PyDict {
  return value instanceof Map;
}

/** True for a list. */
export function isList(value: PyValue): value is readonly PyValue[] {
  return Array.isArray(value);
}
