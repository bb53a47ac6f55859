import { z } from 'zod';
import { placeOption, putJson } from '../answer-place.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';

/** A list where a text belongs, as of an endpoint that answers candidates. */
export const listAnswer = defineFault({
  kind: 'list-answer',
  family: 'answer',
  summary: 'Answers a list with the text in it, instead of the text.',
  options: z.strictObject({
    at: placeOption('value'),
    holds: z
      .enum(['text', 'prompt'])
      .default('text')
      .describe('What is in the list; the prompt alone is found by "prompt in list" in Python.'),
  }),
  example: { holds: 'text' },
  effect: ({ at, holds }) =>
    changeAnswer((answer, { prompt }) => {
      const item = holds === 'prompt' ? prompt : answer.text;
      if (item === null) return { unchanged: 'the request has no prompt' };
      return { body: putJson(answer, at, JSON.stringify([item])) };
    }),
});
