import { z } from 'zod';
import { placeOption, putJson } from '../answer-place.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';

/** Nothing was generated. */
export const emptyAnswer = defineFault({
  kind: 'empty-answer',
  family: 'answer',
  summary: 'Answers the empty text, or no body at all.',
  options: z.strictObject({ at: placeOption('value') }),
  example: { at: 'value' },
  effect: ({ at }) =>
    changeAnswer((answer) => ({ body: putJson(answer, at, at === 'value' ? '""' : '') })),
});
