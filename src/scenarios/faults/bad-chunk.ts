import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { withBadChunk } from '../wire-edits/bad-chunk.ts';
import { editOutcome } from '../wire-edits/edit-outcome.ts';
import { byteCountSchema } from '../wire-edits/options.ts';

/** A chunk whose size is none. */
export const badChunk = defineFault({
  kind: 'bad-chunk',
  family: 'wire',
  summary: 'Sends the body in chunks, one of them with a size that is no number.',
  options: z.strictObject({
    afterBytes: byteCountSchema
      .default(0)
      .describe('How many bytes of the body come before in good chunks.'),
    size: z
      .string()
      .regex(/^[\x20-\x7e]{0,64}$/, 'must be up to 64 characters of printable ASCII')
      .refine(
        (size) => !/^[0-9a-f]+\s*(?:;|$)/i.test(size),
        'is a proper size; write one that is not',
      )
      .default('zz')
      .describe('What stands in the place of the size.'),
  }),
  example: { afterBytes: 8, size: 'zz' },
  aliases: ['MALFORMED_RESPONSE_CHUNK'],
  effect: (options) =>
    editOutcome({ isWhole: false, edit: (whole) => withBadChunk(whole, options) }),
});
