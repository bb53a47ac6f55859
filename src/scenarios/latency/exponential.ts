import { z } from 'zod';
import { DURATION_MAX_MS, durationSchema } from '../duration.ts';
import { defineLatency } from './latency-model.ts';

/** What happens at a constant rate. */
export const exponential = defineLatency({
  name: 'exponential',
  summary: 'As if the answer could come at any moment alike: `exponential` is the mean.',
  options: z.strictObject({
    exponential: durationSchema,
    max: durationSchema.default(DURATION_MAX_MS),
  }),
  example: { exponential: '500ms' },
  create:
    ({ exponential: mean, max }) =>
    (random) =>
      Math.min(max, -mean * Math.log(1 - random.next())),
});
