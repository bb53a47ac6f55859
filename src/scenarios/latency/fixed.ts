import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { defineLatency } from './latency-model.ts';

/** Always the same. */
export const fixed = defineLatency({
  name: 'fixed',
  summary: 'Always the same.',
  options: z.strictObject({ fixed: durationSchema }),
  example: { fixed: '250ms' },
  create: (options) => () => options.fixed,
});
