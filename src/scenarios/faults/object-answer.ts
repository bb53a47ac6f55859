import { z } from 'zod';
import { placeOption, putJson } from '../answer-place.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeMembers } from '../plain-answer.ts';

/** An object where a text belongs, as of an endpoint that wraps its answers. */
export const objectAnswer = defineFault({
  kind: 'object-answer',
  family: 'answer',
  summary: 'Answers an object with the text in it, instead of the text.',
  options: z.strictObject({
    at: placeOption('value'),
    key: z.string().max(200).default('content').describe('Key of the text in that object.'),
    holds: z
      .enum(['text', 'prompt'])
      .default('text')
      .describe('"prompt": the prompt itself is the key, which "prompt in dict" finds in Python.'),
  }),
  example: { key: 'content' },
  effect: ({ at, key, holds }) =>
    changeAnswer((answer, { prompt }) => {
      const name = holds === 'prompt' ? prompt : key;
      if (name === null) return { unchanged: 'the request has no prompt' };
      return { body: putJson(answer, at, writeMembers([[name, JSON.stringify(answer.text)]])) };
    }),
});
