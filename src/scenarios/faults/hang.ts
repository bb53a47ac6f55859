import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { defineFault } from '../fault.ts';

/** Takes the request, and never says anything. */
export const hang = defineFault({
  kind: 'hang',
  family: 'time',
  summary: 'Takes the request and stays silent; the function is not asked.',
  options: z.strictObject({
    closeAfter: durationSchema
      .optional()
      .describe('When to close the connection, without a byte; for ever open when left out.'),
  }),
  example: { closeAfter: '30s' },
  aliases: ['timeout'],
  effect:
    ({ closeAfter }) =>
    async () => ({
      kind: 'wire',
      reply: null,
      wire:
        closeAfter === undefined
          ? { steps: [], end: 'hang' }
          : { steps: [{ kind: 'wait', durationMs: closeAfter }], end: 'close' },
    }),
});
