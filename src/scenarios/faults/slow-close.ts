import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { defineFault } from '../fault.ts';
import { editOutcome } from '../wire-edits/edit-outcome.ts';
import { withEnd } from '../wire-edits/with-end.ts';

/** Leaves the connection open when everything has been said. */
export const slowClose = defineFault({
  kind: 'slow-close',
  family: 'time',
  summary: 'Sends the whole answer, and closes the connection late.',
  options: z.strictObject({
    after: durationSchema.prefault('5s').describe('How long it stays open behind the answer.'),
    untilClose: z
      .boolean()
      .default(false)
      .describe('Whether only the close tells that the answer is over, not a Content-Length.'),
  }),
  example: { after: '2s', untilClose: true },
  aliases: ['slow_close'],
  effect: ({ after, untilClose }) =>
    editOutcome({
      isWhole: true,
      edit: (whole) => withEnd(whole, { afterMs: after, isUnframed: untilClose }),
    }),
});
