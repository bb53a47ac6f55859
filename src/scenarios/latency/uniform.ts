import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { defineLatency } from './latency-model.ts';

/** Everything between two bounds alike. */
export const uniform = defineLatency({
  name: 'uniform',
  summary: 'Everything between `min` and `max`, all of it equally often.',
  options: z
    .strictObject({ min: durationSchema, max: durationSchema })
    .refine(({ min, max }) => min <= max, { path: ['max'], message: '"max" is less than "min"' }),
  example: { min: '100ms', max: '300ms' },
  create:
    ({ min, max }) =>
    (random) =>
      min + random.next() * (max - min),
});
