import type { Field, FieldType, JsonValue } from '../../contract/annotation.ts';

/** True where a request without the field is refused, by every generation of Pydantic. */
export function isRequired({ type, default: value }: Field): boolean {
  return value === undefined && type.kind !== 'optional' && type.kind !== 'any';
}

/**
 * A value of a body that the type never takes; undefined where it takes everything. Pydantic 1
 * makes strings of numbers and numbers of strings, but nothing of an object.
 */
export function wrongValue(type: FieldType): JsonValue | undefined {
  switch (type.kind) {
    case 'any':
      return undefined;
    case 'optional':
      return wrongValue(type.inner);
    case 'dict':
      return 'Why is the sky blue?';
    default:
      return { text: 'Why is the sky blue?' };
  }
}

/** The same for a parameter of the query, where a str takes everything. */
export function wrongText(type: FieldType): string | undefined {
  if (type.kind === 'optional') return wrongText(type.inner);
  return type.kind === 'str' || type.kind === 'any' ? undefined : 'neither-number-nor-truth';
}
