import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeMembers } from '../plain-answer.ts';

/** What Python reads, and JSON has not. */
export const nan = defineFault({
  kind: 'nan',
  family: 'answer',
  summary: 'Answers with a number that is none: NaN or Infinity, which JSON does not know.',
  options: z.strictObject({
    number: z.enum(['NaN', 'Infinity', '-Infinity']).default('NaN').describe('What is written.'),
    key: z
      .string()
      .max(200)
      .default('score')
      .describe('Key that it stands under, beside the text; a bare string it replaces.'),
  }),
  example: { number: 'NaN' },
  effect: (options) =>
    changeAnswer(({ key, members }) => {
      if (key === null) return { body: options.number };
      const others = members.filter(([name]) => name !== options.key);
      return { body: writeMembers([...others, [options.key, options.number]]) };
    }),
});
