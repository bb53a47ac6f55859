import type { HeaderList } from '../../scenarios/outcome.ts';

/** A header's value as requests sees it: repeated headers joined by commas; null without one. */
export function headerOf(headers: HeaderList, name: string): string | null {
  let joined: string | null = null;
  for (const [key, value] of headers) {
    if (key.length !== name.length || key.toLowerCase() !== name) continue;
    const trimmed = value.trim();
    joined = joined === null ? trimmed : `${joined}, ${trimmed}`;
  }
  return joined;
}
