import { describe, expect, test } from 'vitest';
import { LATENCY_MODELS, latencySchema } from '../src/scenarios/latency/schema.ts';
import { createRandom } from '../src/scenarios/random.ts';

const START = { requests: 0, elapsedMs: 0 };
/** The 99th percentile of a long tail, drawn 100,000 times, is off by 1.2 % one time in three. */
const DRAWS = 400_000;

/** Sorted draws of a latency, written as a user would. */
function draw(written: unknown, seed = 'latency', count = DRAWS): Float64Array {
  const latency = latencySchema.parse(written);
  const random = createRandom(seed);
  return Float64Array.from({ length: count }, () => latency(random, START)).sort();
}

function quantile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

describe.each(['one', 'two', 'three'])('draws have the quantiles asked for, seed %s', (seed) => {
  test.each([
    [
      { p50: '800ms', p95: '2.5s', p99: '9s' },
      { 0.5: 800, 0.95: 2500, 0.99: 9000 },
    ],
    [
      { p10: 20, p50: 30, p90: 300, 'p99.9': 4000 },
      { 0.1: 20, 0.5: 30, 0.9: 300 },
    ],
    [
      { median: '800ms', p99: '9s' },
      { 0.5: 800, 0.99: 9000 },
    ],
    [
      { min: 100, max: 300 },
      { 0.05: 110, 0.5: 200, 0.95: 290 },
    ],
    [
      { mean: '2s', stddev: 200 },
      { 0.5: 2000, 0.8413447: 2200, 0.0227501: 1600 },
    ],
    [{ exponential: 500 }, { 0.5: 500 * Math.LN2, 0.95: 500 * Math.log(20) }],
    [
      { pareto: 200, shape: 3 },
      { 0.5: 200 * 2 ** (1 / 3), 0.9: 200 * 10 ** (1 / 3) },
    ],
  ])('%j', (written, expected) => {
    const sorted = draw(written, seed);
    for (const [share, ms] of Object.entries(expected)) {
      const error = Math.abs(quantile(sorted, Number(share)) / ms - 1);
      expect(error, `the quantile ${share} with seed "${seed}"`).toBeLessThan(0.02);
    }
  });
});

describe('the bounds hold', () => {
  test.each([
    [{ p50: 100, p99: 200 }, 50, 250],
    [{ p0: 90, p50: 100, p99: 200, p100: 210 }, 90, 210],
    [{ p0: 0, p50: 100 }, 0, 125],
    [{ mean: 100, stddev: 100 }, 0, Number.MAX_VALUE],
    [{ mean: 100, stddev: 100, min: 80, max: 120 }, 80, 120],
    [{ median: 100, p99: 1000, max: 400 }, 0, 400],
    [{ exponential: 100, max: 150 }, 0, 150],
    [{ pareto: 100, shape: 0.5, max: 1000 }, 100, 1000],
  ])('%j', (written, least, most) => {
    const sorted = draw(written, 'bounds', 20_000);
    expect(sorted[0]).toBeGreaterThanOrEqual(least);
    expect(sorted.at(-1)).toBeLessThanOrEqual(most);
  });
});

test.each([
  [250, 250],
  ['250ms', 250],
  ['2.5s', 2500],
  ['1m', 60_000],
  [{ fixed: '1h' }, 3_600_000],
])('%j is always %i ms', (written, ms) => {
  expect(new Set(draw(written, 'fixed', 10))).toEqual(new Set([ms]));
});

test('a ramp goes by requests or by time, and stays where it ends', () => {
  const random = createRandom('ramp');
  const byRequests = latencySchema.parse({ from: 100, to: 500, overRequests: 4 });
  expect([0, 1, 2, 4, 9].map((requests) => byRequests(random, { requests, elapsedMs: 0 }))).toEqual(
    [100, 200, 300, 500, 500],
  );
  const byTime = latencySchema.parse({ from: '1s', to: 0, over: '10s' });
  expect([0, 5000, 20_000].map((elapsedMs) => byTime(random, { requests: 0, elapsedMs }))).toEqual([
    1000, 500, 0,
  ]);
});

test.each(LATENCY_MODELS)('the example of $name is one of its own, and repeats', (model) => {
  expect(model.options.safeParse(model.example).success).toBe(true);
  expect(draw(model.example, 'example', 100)).toEqual(draw(model.example, 'example', 100));
});

test.each([
  ['soon', 'must be milliseconds, or a duration such as "250ms", "2.5s" or "1m", of a day at most'],
  [-1, 'must be milliseconds'],
  ['25h', 'of a day at most'],
  [Number.POSITIVE_INFINITY, 'expected number'],
  [{ p50: 900, p95: 100 }, 'is less than a lower percentile'],
  [{ p500: 900 }, 'is no percentile: write p50, p99 or p99.9'],
  [{}, 'has no percentile'],
  [{ min: 300, max: 100 }, '"max" is less than "min"'],
  [{ median: 300, p99: 100 }, '"p99" is less than "median"'],
  [{ from: 1, to: 2 }, 'needs either "over", a duration, or "overRequests", a number'],
  [{ min: 1, max: 2, p50: 3 }, 'Unrecognized key: "p50"'],
  [{ pareto: 1, shape: 0 }, '>0'],
])('%j is refused: %s', (written, reason) => {
  const read = latencySchema.safeParse(written);
  expect(read.success).toBe(false);
  expect(JSON.stringify(read.error?.issues).replaceAll('\\"', '"')).toContain(reason);
});
