import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { inChunks } from '../wire-edits/chunks.ts';
import { untilFirst } from '../wire-edits/cut.ts';
import { editOutcome } from '../wire-edits/edit-outcome.ts';
import { nowhere } from '../wire-edits/places.ts';

/** A body in chunks that nothing ends. */
export const missingLastChunk = defineFault({
  kind: 'missing-last-chunk',
  family: 'wire',
  summary: 'Sends the whole body in chunks, and closes the connection without the last, empty one.',
  options: z.strictObject({}),
  example: {},
  effect: () =>
    editOutcome({
      isWhole: false,
      edit(whole) {
        const chunked = inChunks(whole);
        // The last moment before an answer in chunks is whole is the one before its last chunk.
        return { ...chunked, parts: untilFirst(chunked.parts, nowhere()), end: 'close' };
      },
    }),
});
