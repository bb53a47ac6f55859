import { z } from 'zod';
import { DURATION_MAX_MS, durationSchema } from '../duration.ts';
import { defineLatency } from './latency-model.ts';

/** The heaviest tail of all. */
export const pareto = defineLatency({
  name: 'pareto',
  summary: 'Never under `pareto`; the smaller `shape` is, the heavier the tail; never above `max`.',
  options: z.strictObject({
    pareto: durationSchema,
    shape: z.number().positive().max(100),
    max: durationSchema.default(DURATION_MAX_MS),
  }),
  example: { pareto: '200ms', shape: 1.5, max: '30s' },
  create:
    ({ pareto: least, shape, max }) =>
    (random) =>
      Math.min(max, least / (1 - random.next()) ** (1 / shape)),
});
