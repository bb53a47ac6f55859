import { z } from 'zod';
import { placeOption, putJson } from '../answer-place.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';

/** `null` where a text belongs. */
export const nullAnswer = defineFault({
  kind: 'null-answer',
  family: 'answer',
  summary: 'Answers null instead of the text.',
  options: z.strictObject({ at: placeOption('value') }),
  example: { at: 'value' },
  effect: ({ at }) => changeAnswer((answer) => ({ body: putJson(answer, at, 'null') })),
});
