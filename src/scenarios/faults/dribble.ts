import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { defineFault } from '../fault.ts';
import { dribbled } from '../wire-edits/dribbled.ts';
import { editOutcome } from '../wire-edits/edit-outcome.ts';
import { someBytesSchema } from '../wire-edits/options.ts';

/** Hands the answer out bit by bit. */
export const dribble = defineFault({
  kind: 'dribble',
  family: 'time',
  summary: 'Sends the body in small pieces with a pause between them.',
  options: z.strictObject({
    chunkBytes: someBytesSchema.default(8).describe('How many bytes are sent at a time.'),
    interval: durationSchema.prefault('50ms').describe('How long to wait between two pieces.'),
    includeHead: z.boolean().default(false).describe('Whether the headers dribble too.'),
  }),
  example: { chunkBytes: 4, interval: '20ms' },
  aliases: ['slicer'],
  effect: (options) =>
    editOutcome({
      isWhole: true,
      edit: ({ parts }, { exchange }) => ({
        parts: dribbled(parts, {
          sliceBytes: options.chunkBytes,
          isSlow: (kind) => kind === 'body' || options.includeHead,
          // What comes first need not be waited for.
          waitMs: (_bytes, ordinal) => (ordinal === 0 ? 0 : options.interval),
          clock: exchange.clock,
        }),
      }),
    }),
});
