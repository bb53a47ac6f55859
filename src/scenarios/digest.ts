import { createRandom } from './random.ts';

/** Nothing that a person writes is nested so deeply. */
const DEPTH_MAX = 100;

/**
 * JSON with sorted keys and no blanks, so that the same value is the same text however it was
 * written; null for a value nested more than a hundred deep.
 */
export function canonicalJson(value: unknown, depth = 0): string | null {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (depth >= DEPTH_MAX) return null;
  if (Array.isArray(value)) {
    const parts = value.map((part) => canonicalJson(part, depth + 1));
    return parts.includes(null) ? null : `[${parts.join(',')}]`;
  }
  const parts: string[] = [];
  for (const [key, part] of Object.entries(value).toSorted(byKey)) {
    if (part === undefined) continue;
    const text = canonicalJson(part, depth + 1);
    if (text === null) return null;
    parts.push(`${JSON.stringify(key)}:${text}`);
  }
  return `{${parts.join(',')}}`;
}

type Entry = readonly [key: string, value: unknown];

// By code unit: the order must not depend on the machine's language.
function byKey([one]: Entry, [other]: Entry): number {
  return one < other ? -1 : Number(one > other);
}

/** A short name for a text, 128 bits in hexadecimal. It tells texts apart; it keeps no secret. */
export function digestText(text: string): string {
  const random = createRandom(text);
  const word = () => random.integer(0, 0xffff_ffff).toString(16).padStart(8, '0');
  return word() + word() + word() + word();
}
