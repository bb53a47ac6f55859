import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { defineFault } from '../fault.ts';
import { editOutcome } from '../wire-edits/edit-outcome.ts';
import { byteCountSchema } from '../wire-edits/options.ts';
import { atOffsets } from '../wire-edits/places.ts';
import { stalled } from '../wire-edits/stalled.ts';
import { tokenPlace } from '../wire-edits/tokens.ts';

/** Falls silent in the middle of the answer, the connection left open. */
export const stall = defineFault({
  kind: 'stall',
  family: 'time',
  summary: 'Falls silent in the middle of the body, the connection left open.',
  options: z
    .strictObject({
      afterBytes: byteCountSchema
        .optional()
        .describe('How many bytes of the body come before; 0 when nothing is said.'),
      afterTokens: z
        .int()
        .min(1)
        .max(1_000_000)
        .optional()
        .describe(
          'How many words of the body come before, or events where it is a stream of them.',
        ),
      resumeAfter: durationSchema.optional().describe('When the rest comes; never when left out.'),
    })
    .refine(
      ({ afterBytes, afterTokens }) => afterBytes === undefined || afterTokens === undefined,
      {
        path: ['afterTokens'],
        message: 'stands beside "afterBytes"; give one of them',
      },
    ),
  example: { afterTokens: 2, resumeAfter: '10s' },
  effect: ({ afterBytes = 0, afterTokens, resumeAfter }) =>
    editOutcome({
      isWhole: resumeAfter !== undefined,
      edit({ parts, end }, { outcome }) {
        const place =
          afterTokens === undefined
            ? atOffsets([afterBytes])
            : tokenPlace(outcome.reply, afterTokens);
        return {
          parts: stalled(parts, place, resumeAfter ?? null),
          end: resumeAfter === undefined ? 'hang' : end,
        };
      },
    }),
});
