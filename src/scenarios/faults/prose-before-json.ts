import { z } from 'zod';
import { placeOption } from '../answer-place.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';

/** A model that talks before it comes to the point. */
export const proseBeforeJson = defineFault({
  kind: 'prose-before-json',
  family: 'answer',
  summary: 'Puts a sentence before the answer, or before its text.',
  options: z.strictObject({
    prose: z
      .string()
      .min(1)
      .max(10_000)
      .default('Sure! Here is the JSON:')
      .describe('The sentence.'),
    at: placeOption('answer'),
  }),
  example: {},
  effect: ({ prose, at }) =>
    changeAnswer((answer) => ({
      body:
        at === 'value'
          ? writeText(answer, `${prose}\n\n${answer.text}`)
          : `${prose}\n\n${answer.json}`,
    })),
});
