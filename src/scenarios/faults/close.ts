import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { breakOff } from '../wire-edits/break-off.ts';
import { byteCountSchema } from '../wire-edits/options.ts';

/** The connection is closed in an orderly way, too early. */
export const close = defineFault({
  kind: 'close',
  family: 'wire',
  summary: 'Closes the connection: before the headers, the function unasked, or in the body.',
  options: z.strictObject({
    afterBytes: byteCountSchema
      .optional()
      .describe('How many bytes of the body come before; not even the headers when left out.'),
  }),
  example: { afterBytes: 12 },
  aliases: ['limit_data'],
  effect: ({ afterBytes }) => breakOff('close', afterBytes),
});
