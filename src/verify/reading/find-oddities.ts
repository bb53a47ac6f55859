import { readString } from '../../emulator/python/json-string.ts';

/** What Python reads, and other readers of JSON refuse or read otherwise. */
export interface Oddities {
  /** `NaN` or `Infinity` stands in it. */
  readonly hasNotNumber: boolean;
  /** The first key that stands twice in an object; null without one. */
  readonly duplicateKey: string | null;
}

/** Finds them in a text that Python reads as JSON. */
export function findOddities(text: string): Oddities {
  // The keys of every object that is open; null for a list.
  const open: (Set<string> | null)[] = [];
  let hasNotNumber = false;
  let duplicateKey: string | null = null;
  let expectsKey = false;
  let index = 0;
  while (index < text.length) {
    const unit = text[index];
    index += 1;
    if (unit === '"') {
      const [value, end] = readString(text, index - 1);
      index = end;
      const keys = open.at(-1);
      if (!expectsKey || keys === null || keys === undefined) continue;
      if (keys.has(value)) duplicateKey ??= value;
      keys.add(value);
      expectsKey = false;
    } else if (unit === '{' || unit === '[') {
      open.push(unit === '{' ? new Set() : null);
      expectsKey = unit === '{';
    } else if (unit === '}' || unit === ']') {
      open.pop();
      expectsKey = false;
    } else if (unit === ',') {
      expectsKey = open.at(-1) instanceof Set;
    } else if (unit === 'N' || unit === 'I') {
      // Outside of strings, no other word has these letters.
      hasNotNumber = true;
    }
  }
  return { hasNotNumber, duplicateKey };
}
