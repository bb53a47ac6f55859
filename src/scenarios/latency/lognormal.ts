import { z } from 'zod';
import { DURATION_MAX_MS, durationSchema } from '../duration.ts';
import { defineLatency } from './latency-model.ts';
import { drawStandardNormal, P99_DEVIATIONS } from './standard-normal.ts';

/** What services look like: many quick answers, and a long tail. */
export const lognormal = defineLatency({
  name: 'lognormal',
  summary: 'Many quick ones and a long tail, by its `median` and `p99`; never above `max`.',
  options: z
    .strictObject({
      median: durationSchema,
      p99: durationSchema,
      max: durationSchema.default(DURATION_MAX_MS),
    })
    .refine(({ median, p99 }) => median <= p99, {
      path: ['p99'],
      message: '"p99" is less than "median"',
    }),
  example: { median: '800ms', p99: '9s' },
  create({ median, p99, max }) {
    const sigma = median > 0 ? Math.log(p99 / median) / P99_DEVIATIONS : 0;
    return (random) => Math.min(max, median * Math.exp(sigma * drawStandardNormal(random)));
  },
});
