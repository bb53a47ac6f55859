import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { breakOff } from '../wire-edits/break-off.ts';
import { editOutcome } from '../wire-edits/edit-outcome.ts';
import { insideJsonOf } from '../wire-edits/inside-json.ts';
import { byteCountSchema } from '../wire-edits/options.ts';
import { truncated } from '../wire-edits/truncated.ts';

/** The end of the body is missing. */
export const truncate = defineFault({
  kind: 'truncate',
  family: 'wire',
  summary:
    'Leaves the end of the body out, unless told otherwise from inside a string of its JSON on.',
  options: z
    .strictObject({
      fraction: z.number().min(0).lt(1).optional().describe('Which part of the body is sent.'),
      bytes: byteCountSchema.optional().describe('How many bytes of the body are sent.'),
      insideJson: z
        .literal(true)
        .optional()
        .describe('Cuts inside the longest string of the JSON, so that no reader can take it.'),
      contentLength: z
        .enum(['whole', 'cut'])
        .default('whole')
        .describe(
          'Whether the length of the whole body is announced, so that its framing is broken, or ' +
            'what is sent, so that only its content is.',
        ),
    })
    .refine(
      ({ fraction, bytes, insideJson }) =>
        [fraction, bytes, insideJson].filter((place) => place !== undefined).length <= 1,
      { message: 'needs one of "fraction", "bytes" and "insideJson", not several' },
    ),
  example: { fraction: 0.5 },
  effect({ fraction, bytes, contentLength }) {
    // Only where the place depends on the whole body has a stream to be waited for.
    if (bytes !== undefined && contentLength === 'whole') return breakOff('close', bytes);
    const placeIn = (body: Uint8Array) => {
      if (bytes !== undefined) return bytes;
      return fraction === undefined ? insideJsonOf(body) : Math.floor(body.length * fraction);
    };
    return editOutcome({
      isWhole: contentLength === 'cut',
      edit: (whole) => truncated(whole, { placeIn, isAnnounced: contentLength === 'cut' }),
    });
  },
});
