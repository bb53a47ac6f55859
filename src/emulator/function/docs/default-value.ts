import type { FieldType, JsonValue } from '../../../contract/annotation.ts';
import { isDict, isList, type PyValue } from '../../python/value.ts';
import type { DocsDialect } from './dialects.ts';

const ANY: FieldType = { kind: 'any' };

/** A default as the document shows it; undefined for None, which is not shown. */
export function documentDefault(
  value: JsonValue,
  type: FieldType,
  { sortsDefaults }: DocsDialect,
): PyValue | undefined {
  if (value === null) return undefined;
  const encoded = pythonValue(value, type);
  return withoutNone(sortsDefaults ? sortInner(encoded, 'default') : encoded);
}

/** JSON does not tell `1` from `1.0`: the annotation decides, and an unannotated `1` is an int. */
function pythonValue(value: JsonValue, type: FieldType): PyValue {
  if (type.kind === 'optional') return pythonValue(value, type.inner);
  if (typeof value === 'number') {
    if (type.kind === 'int') return BigInt(value);
    return type.kind === 'float' || !Number.isSafeInteger(value) ? value : BigInt(value);
  }
  if (value === null || typeof value !== 'object') return value;
  if (isJsonList(value)) {
    const items = type.kind === 'list' && type.items !== null ? type.items : ANY;
    return value.map((item) => pythonValue(item, items));
  }
  return new Map(Object.entries(value).map(([key, member]) => [key, pythonValue(member, ANY)]));
}

// Array.isArray does not narrow a readonly array.
function isJsonList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** Pydantic sorts a schema's dicts, but for those under `default` or `properties` themselves. */
function sortInner(value: PyValue, parentKey: string): PyValue {
  if (isList(value)) return value.map((item) => sortInner(item, parentKey));
  if (!isDict(value)) return value;
  const entries = [...value].map(([key, member]) => [key, sortInner(member, key)] as const);
  if (parentKey !== 'default' && parentKey !== 'properties') {
    entries.sort(([left], [right]) => (left < right ? -1 : 1));
  }
  return new Map(entries);
}

/** FastAPI's encoder leaves out None in dicts, and keys that look like SQLAlchemy's own. */
function withoutNone(value: PyValue): PyValue {
  if (isList(value)) return value.map(withoutNone);
  if (!isDict(value)) return value;
  const kept = [...value].filter(([key, member]) => member !== null && !key.startsWith('_sa'));
  return new Map(kept.map(([key, member]) => [key, withoutNone(member)]));
}
