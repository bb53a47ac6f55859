import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { latencySchema } from '../latency/schema.ts';

/** Waits before anything else happens. */
export const latency = defineFault({
  kind: 'latency',
  family: 'time',
  summary: 'Waits before the answer.',
  options: z.strictObject({
    latency: latencySchema.describe('A duration, or the options of a distribution.'),
  }),
  example: { latency: { p50: '800ms', p95: '2.5s', p99: '9s' } },
  effect:
    (options) =>
    async ({ clock, random, point, signal }, next) => {
      await clock.sleep(options.latency(random, point), signal);
      return next();
    },
});
