import { z } from 'zod';
import { DURATION_MAX_MS, durationSchema } from '../duration.ts';
import { defineLatency } from './latency-model.ts';
import { drawStandardNormal } from './standard-normal.ts';

/** More than this many draws outside of the bounds, and the bounds hold next to nothing. */
const DRAWS_MAX = 100;

/** A bell around a mean, what lies outside of the bounds drawn anew. */
export const normal = defineLatency({
  name: 'normal',
  summary: 'A bell around `mean`, `stddev` wide; cut off at `min` (0) and `max`.',
  options: z
    .strictObject({
      mean: durationSchema,
      stddev: durationSchema,
      min: durationSchema.default(0),
      max: durationSchema.default(DURATION_MAX_MS),
    })
    .refine(({ min, max }) => min <= max, { path: ['max'], message: '"max" is less than "min"' }),
  example: { mean: '800ms', stddev: '150ms', min: '300ms' },
  create({ mean, stddev, min, max }) {
    return (random) => {
      for (let draw = 0; draw < DRAWS_MAX; draw += 1) {
        const ms = mean + stddev * drawStandardNormal(random);
        if (ms >= min && ms <= max) return ms;
      }
      return Math.min(max, Math.max(min, mean));
    };
  },
});
