/** How many requests are remembered by what they ask, so that the next attempt has its number. */
export const ATTEMPTS_MAX = 20_000;

/** Numbers the attempts of each request, in bounded memory. */
export interface Attempts {
  /** The number of this attempt, from 1. */
  next(key: string): number;
  readonly size: number;
}

/**
 * Counts attempts by key. When more than `keysMax` are known, the one that was asked least
 * recently is forgotten: should it come again, it begins at 1.
 */
export function createAttempts(keysMax = ATTEMPTS_MAX): Attempts {
  // A Map keeps the order of insertion; whoever comes again is put at the end.
  const counts = new Map<string, number>();
  return {
    get size() {
      return counts.size;
    },
    next(key) {
      const attempt = (counts.get(key) ?? 0) + 1;
      counts.delete(key);
      counts.set(key, attempt);
      if (counts.size > keysMax) {
        const [oldest] = counts.keys();
        if (oldest !== undefined) counts.delete(oldest);
      }
      return attempt;
    },
  };
}
