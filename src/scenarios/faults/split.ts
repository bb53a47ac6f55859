import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { defineFault } from '../fault.ts';
import { isStreamed } from '../outcome.ts';
import { bodyBytes } from '../wire.ts';
import { cutEverywhere } from '../wire-edits/cut.ts';
import { editOutcome } from '../wire-edits/edit-outcome.ts';
import {
  atOffsets,
  everywhere,
  insideCharacters,
  insideDelimiters,
  insideEscapes,
  type Place,
} from '../wire-edits/places.ts';

const PLACES = {
  'utf-8': insideCharacters,
  'json-escape': insideEscapes,
  'sse-delimiter': insideDelimiters,
  'every-byte': everywhere,
} as const;

const PLACE_NAMES = ['utf-8', 'json-escape', 'sse-delimiter', 'every-byte'] as const;

/** The right bytes, cut where a careless reader trips. */
export const split = defineFault({
  kind: 'split',
  family: 'wire',
  summary: 'Sends the right body in pieces that end where a careless reader trips.',
  options: z.strictObject({
    at: z
      .union([z.enum(PLACE_NAMES), z.array(z.int().min(1).max(1_000_000_000)).min(1).max(1000)])
      .default('utf-8')
      .describe(
        'Offsets in the body, or every place of a kind: inside the bytes of a character (utf-8), ' +
          'inside an escape (json-escape), inside what separates events (sse-delimiter), every-byte.',
      ),
    interval: durationSchema
      .prefault('5ms')
      .describe('How long to wait between two pieces, so that they are not read as one.'),
  }),
  example: { at: 'every-byte', interval: '1ms' },
  effect: ({ at, interval }) => {
    const createPlace = () => (typeof at === 'string' ? PLACES[at]() : atOffsets(at));
    return editOutcome({
      isWhole: true,
      edit({ parts }, { outcome: { reply }, exchange }) {
        // A stream has not come yet; nobody knows what will be in it.
        if (
          reply !== null &&
          !isStreamed(reply.body) &&
          !isFoundIn(bodyBytes(reply), createPlace())
        ) {
          exchange.note?.('left whole: there is no such place in the body');
        }
        const wait = () => ({ kind: 'wait', durationMs: interval }) as const;
        return { parts: cutEverywhere(parts, createPlace(), wait) };
      },
    });
  },
});

function isFoundIn(body: Uint8Array, isPlace: Place): boolean {
  return body.findIndex((byte, index) => isPlace(byte) && index > 0) >= 0;
}
