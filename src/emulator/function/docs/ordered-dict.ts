import type { PyDict, PyValue } from '../../python/value.ts';

/** Parts of a dict by key; an undefined part is absent. */
export type Parts<Key extends string> = { readonly [K in Key]?: PyValue | undefined };

/** A dict with its present parts in the given order of keys. */
export function orderedDict<Key extends string>(parts: Parts<Key>, keys: readonly Key[]): PyDict {
  const dict = new Map<string, PyValue>();
  for (const key of keys) {
    const part = parts[key];
    if (part !== undefined) dict.set(key, part);
  }
  return dict;
}

/** A dict as it is written down; an undefined part is absent. */
export function dict(parts: Readonly<Record<string, PyValue | undefined>>): PyDict {
  return orderedDict(parts, Object.keys(parts));
}
