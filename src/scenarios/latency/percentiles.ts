import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { defineLatency } from './latency-model.ts';

/** A point of the distribution: how many are at most so slow. */
interface Point {
  readonly share: number;
  readonly ms: number;
}

/** What is below the lowest percentile begins at this part of it, unless `p0` says otherwise. */
const LEAST_FACTOR = 0.5;
/** What is above the highest one ends at this multiple of it, unless `p100` says otherwise. */
const MOST_FACTOR = 1.25;

/** `p50`, `p99.9`: the share of the key, between 0 and 1. */
const KEY = /^p(\d{1,3}(?:\.\d{1,6})?)$/;

function shareOf(key: string): number {
  return Number(KEY.exec(key)?.[1]) / 100;
}

/** Percentiles as they were measured: exactly these, and a smooth way between them. */
export const percentiles = defineLatency({
  name: 'percentiles',
  summary:
    'As measured: `p50`, `p95`, `p99` or any other percentile come out as they are given. ' +
    '`p0` and `p100` bound it; without them it goes from half the lowest to 1.25 of the highest.',
  options: z
    .strictObject({})
    .catchall(durationSchema)
    .superRefine((given, context) => {
      const keys = Object.keys(given);
      for (const key of keys.filter((one) => !(shareOf(one) >= 0 && shareOf(one) <= 1))) {
        const message = 'is no percentile: write p50, p99 or p99.9';
        context.addIssue({ code: 'custom', path: [key], message });
      }
      const points = pointsOf(given);
      points.forEach(({ ms }, index) => {
        const before = points[index - 1];
        if (before === undefined || before.ms <= ms) return;
        const message = 'is less than a lower percentile';
        context.addIssue({ code: 'custom', path: [keyOf(given, index)], message });
      });
      if (keys.length === 0) context.addIssue({ code: 'custom', message: 'has no percentile' });
    }),
  example: { p50: '800ms', p95: '2.5s', p99: '9s' },
  create(given) {
    const points = closed(pointsOf(given));
    return (random) => at(points, random.next());
  },
});

type Given = Readonly<Record<string, number>>;

function keyOf(given: Given, index: number): string {
  return Object.keys(given).toSorted((one, other) => shareOf(one) - shareOf(other))[index] ?? '';
}

function pointsOf(given: Given): Point[] {
  return Object.entries(given)
    .map(([key, ms]) => ({ share: shareOf(key), ms }))
    .toSorted((one, other) => one.share - other.share);
}

/** The points with an end on both sides. */
function closed(points: readonly Point[]): Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  const before = first.share > 0 ? [{ share: 0, ms: first.ms * LEAST_FACTOR }] : [];
  const after = last.share < 1 ? [{ share: 1, ms: last.ms * MOST_FACTOR }] : [];
  return [...before, ...points, ...after];
}

/** Between two points it grows by a constant factor, as tails do; from 0 it grows in a line. */
function at(points: readonly Point[], share: number): number {
  const index = Math.max(
    1,
    points.findIndex((point) => point.share > share),
  );
  const low = points[index - 1];
  const high = points[index];
  if (low === undefined || high === undefined) return low?.ms ?? 0;
  const part = (share - low.share) / (high.share - low.share);
  if (low.ms <= 0) return low.ms + part * (high.ms - low.ms);
  return low.ms * (high.ms / low.ms) ** part;
}
