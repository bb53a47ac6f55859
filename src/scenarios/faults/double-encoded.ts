import { z } from 'zod';
import { placeOption, putJson } from '../answer-place.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';

/** `json.dumps` in the function, and once more by the framework. */
export const doubleEncoded = defineFault({
  kind: 'double-encoded',
  family: 'answer',
  summary: 'Answers the JSON as a string in JSON, as of a function that returns json.dumps(...).',
  options: z.strictObject({ at: placeOption('answer') }),
  example: { at: 'answer' },
  effect: ({ at }) =>
    changeAnswer((answer) => ({ body: putJson(answer, at, JSON.stringify(answer.json)) })),
});
