import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';

/** A well-formed answer that is of no use. */
export const refusal = defineFault({
  kind: 'refusal',
  family: 'answer',
  summary: 'Answers that the model will not do it.',
  options: z.strictObject({
    text: z
      .string()
      .max(1_000_000)
      .default("I'm sorry, but I can't help with that.")
      .describe('What the model says.'),
  }),
  example: {},
  effect: ({ text }) => changeAnswer((answer) => ({ body: writeText(answer, text) })),
});
