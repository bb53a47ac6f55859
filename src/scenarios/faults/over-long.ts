import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';

const BYTES_MAX = 16 * 1024 * 1024;
const FILLER = ' and so on';
const encoder = new TextEncoder();

/** A model that does not find an end. */
export const overLong = defineFault({
  kind: 'over-long',
  family: 'answer',
  summary: 'Answers a text of so many bytes: the answer, then the same words again and again.',
  options: z.strictObject({
    bytes: z
      .int()
      .min(1)
      .max(BYTES_MAX)
      .default(1024 * 1024)
      .describe('Size of the text in UTF-8; a longer one stays as it is.'),
  }),
  example: { bytes: 4096 },
  effect: ({ bytes }) =>
    changeAnswer((answer) => {
      const missing = bytes - encoder.encode(answer.text).length;
      if (missing <= 0) return { unchanged: `it has ${bytes} bytes without that` };
      const filler = FILLER.repeat(Math.ceil(missing / FILLER.length)).slice(0, missing);
      return { body: writeText(answer, answer.text + filler) };
    }),
});
