import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';
import { splitText } from '../split-text.ts';

/** One document a line, as servers of local models stream. */
export const ndjson = defineFault({
  kind: 'ndjson',
  family: 'answer',
  summary: 'Answers the text in pieces, each a JSON document on a line of its own.',
  options: z.strictObject({
    lines: z.int().min(2).max(1000).default(3).describe('How many pieces.'),
  }),
  example: { lines: 3 },
  effect: ({ lines }) =>
    changeAnswer((answer) => ({
      body: splitText(answer.text, lines)
        .map((piece) => `${writeText(answer, piece)}\n`)
        .join(''),
      contentType: 'application/x-ndjson',
    })),
});
