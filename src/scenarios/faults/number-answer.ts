import { z } from 'zod';
import { placeOption, putJson } from '../answer-place.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';

/** A number where a text belongs. */
export const numberAnswer = defineFault({
  kind: 'number-answer',
  family: 'answer',
  summary: 'Answers a number instead of the text.',
  options: z.strictObject({
    at: placeOption('value'),
    number: z.number().default(42).describe('The number.'),
  }),
  example: { number: 42 },
  effect: ({ at, number }) =>
    changeAnswer((answer) => ({ body: putJson(answer, at, JSON.stringify(number)) })),
});
