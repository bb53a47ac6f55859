import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeMembers } from '../plain-answer.ts';

/** The answer without the key that its text should stand under. */
export const missingKey = defineFault({
  kind: 'missing-key',
  family: 'answer',
  summary: 'Answers an object without the key of the text, or with another one.',
  options: z.strictObject({
    instead: z
      .string()
      .max(200)
      .optional()
      .describe('The key that the text stands under; without it there is no text at all.'),
  }),
  example: { instead: 'generated_text' },
  effect: ({ instead }) =>
    changeAnswer(({ key, text, members }) => {
      const others = members.filter(([name]) => name !== key);
      if (instead === undefined) return { body: writeMembers(others) };
      if (instead === key) return { unchanged: `"${instead}" is the key of the answer` };
      return { body: writeMembers([[instead, JSON.stringify(text)], ...others]) };
    }),
});
