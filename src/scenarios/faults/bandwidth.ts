import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { dribbled } from '../wire-edits/dribbled.ts';
import { editOutcome } from '../wire-edits/edit-outcome.ts';
import { someBytesSchema } from '../wire-edits/options.ts';

/** How often something arrives on a slow line. */
const PIECES_PER_SECOND = 50;

/** A slow line. */
export const bandwidth = defineFault({
  kind: 'bandwidth',
  family: 'time',
  summary: 'Sends the answer, head and body, at a limited rate.',
  options: z.strictObject({
    bytesPerSecond: someBytesSchema.describe('How much of the answer arrives in a second.'),
  }),
  example: { bytesPerSecond: 2000 },
  effect: ({ bytesPerSecond }) =>
    editOutcome({
      isWhole: true,
      edit: ({ parts }, { exchange }) => ({
        parts: dribbled(parts, {
          sliceBytes: Math.ceil(bytesPerSecond / PIECES_PER_SECOND),
          isSlow: () => true,
          // A piece has arrived when the time that it takes is over, never before.
          waitMs: (bytes) => (bytes / bytesPerSecond) * 1000,
          clock: exchange.clock,
        }),
      }),
    }),
});
