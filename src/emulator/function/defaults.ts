import type { FieldType, JsonValue } from '../../contract/annotation.ts';
import type { PyValue } from '../python/value.ts';

/** A default as Python holds it: a whole number is an int unless the field is a float. */
export function toPyValue(value: JsonValue, type?: FieldType): PyValue {
  if (type?.kind === 'optional') return toPyValue(value, type.inner);
  if (typeof value === 'number') {
    return type?.kind !== 'float' && Number.isInteger(value) ? BigInt(value) : value;
  }
  if (value === null || typeof value !== 'object') return value;
  if (isArray(value)) {
    const items = type?.kind === 'list' ? (type.items ?? undefined) : undefined;
    return value.map((item) => toPyValue(item, items));
  }
  return new Map(Object.entries(value).map(([key, member]) => [key, toPyValue(member)]));
}

/** `Array.isArray` that narrows a readonly array too. */
function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}
