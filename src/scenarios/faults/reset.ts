import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { breakOff } from '../wire-edits/break-off.ts';
import { byteCountSchema } from '../wire-edits/options.ts';

/** The connection breaks. */
export const reset = defineFault({
  kind: 'reset',
  family: 'wire',
  summary: 'Resets the connection: before the headers, the function unasked, or in the body.',
  options: z.strictObject({
    afterBytes: byteCountSchema
      .optional()
      .describe('How many bytes of the body come before; not even the headers when left out.'),
  }),
  example: { afterBytes: 12 },
  aliases: ['CONNECTION_RESET_BY_PEER', 'reset_peer'],
  effect: ({ afterBytes }) => breakOff('reset', afterBytes),
});
