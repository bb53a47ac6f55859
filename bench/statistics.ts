/** The middle of some numbers with their ends. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** The median of at least one number. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

/** Median, smallest and largest of at least one number. */
export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

const BUCKET_US = 10;
const BUCKETS = 100_000;

/** Counts of latencies in buckets of 10 µs up to one second; longer ones fall into the last. */
export interface Histogram {
  record(latencyMs: number): void;
  /** The latency that the given share of the records does not exceed, in ms. */
  quantileMs(share: number): number;
}

/** Creates an empty histogram. It allocates once: recording must cost next to nothing. */
export function createHistogram(): Histogram {
  const counts = new Uint32Array(BUCKETS);
  let total = 0;
  return {
    record(latencyMs) {
      const bucket = Math.min(BUCKETS - 1, Math.floor((latencyMs * 1000) / BUCKET_US));
      counts[bucket] = (counts[bucket] ?? 0) + 1;
      total += 1;
    },
    quantileMs(share) {
      let seen = 0;
      for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
        seen += counts[bucket] ?? 0;
        if (seen >= share * total) return ((bucket + 1) * BUCKET_US) / 1000;
      }
      return (BUCKETS * BUCKET_US) / 1000;
    },
  };
}
