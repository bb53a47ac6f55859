/** What an effect remembers of other exchanges, in bounded room. */
export interface Memory<Value> {
  readonly size: number;
  get(key: string): Value | undefined;
  /** Keeps a value of so many characters under a key, in place of what was there. */
  set(key: string, value: Value, length: number): void;
  delete(key: string): void;
  entries(): Iterable<readonly [key: string, value: Value]>;
}

/** How much is remembered, together. */
export interface MemoryLimits {
  readonly entriesMax: number;
  readonly lengthMax: number;
}

const LIMITS: MemoryLimits = { entriesMax: 64, lengthMax: 4 * 1024 * 1024 };

/** Remembers what was set last; the oldest is forgotten first, and what is too large at once. */
export function createMemory<Value>(limits: MemoryLimits = LIMITS): Memory<Value> {
  const kept = new Map<string, { readonly value: Value; readonly length: number }>();
  let length = 0;

  const forget = (key: string) => {
    length -= kept.get(key)?.length ?? 0;
    kept.delete(key);
  };

  return {
    get size() {
      return kept.size;
    },
    get: (key) => kept.get(key)?.value,
    set(key, value, valueLength) {
      forget(key);
      if (valueLength > limits.lengthMax) return;
      kept.set(key, { value, length: valueLength });
      length += valueLength;
      for (const oldest of kept.keys()) {
        if (kept.size <= limits.entriesMax && length <= limits.lengthMax) break;
        forget(oldest);
      }
    },
    delete: forget,
    *entries() {
      for (const [key, { value }] of kept) yield [key, value];
    },
  };
}
