import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { defineLatency, type LatencyPoint } from './latency-model.ts';

/** Slower and slower, or faster and faster: over requests or over time, then it stays. */
export const ramp = defineLatency({
  name: 'ramp',
  summary:
    'From `from` to `to`, over `overRequests` requests or over the time `over`; then it stays.',
  options: z
    .strictObject({
      from: durationSchema,
      to: durationSchema,
      over: durationSchema.optional(),
      overRequests: z.int().min(1).max(1_000_000).optional(),
    })
    .refine(({ over, overRequests }) => (over === undefined) !== (overRequests === undefined), {
      message: 'needs either "over", a duration, or "overRequests", a number',
    }),
  example: { from: '100ms', to: '5s', overRequests: 20 },
  create({ from, to, over, overRequests }) {
    const progress = ({ requests, elapsedMs }: LatencyPoint) =>
      overRequests === undefined ? share(elapsedMs, over ?? 0) : share(requests, overRequests);
    return (_random, point) => from + progress(point) * (to - from);
  },
});

function share(done: number, whole: number): number {
  return whole <= 0 ? 1 : Math.min(1, done / whole);
}
