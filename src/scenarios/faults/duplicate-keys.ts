import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeMembers } from '../plain-answer.ts';

/** The same key twice: most readers take the last, some the first, some refuse. */
export const duplicateKeys = defineFault({
  kind: 'duplicate-keys',
  family: 'answer',
  summary: 'Answers with the key of the text twice, once with another text.',
  options: z.strictObject({
    other: z.string().max(1_000_000).default('').describe('The other text.'),
    last: z
      .enum(['other', 'answer'])
      .default('other')
      .describe('Which of the two comes last, which is the one that Python and JavaScript take.'),
  }),
  example: { other: 'draft', last: 'other' },
  effect: ({ other, last }) =>
    changeAnswer(({ key, members }) => {
      if (key === null) return { unchanged: 'a bare string has no keys' };
      const twin = [key, JSON.stringify(other)] as const;
      return { body: writeMembers(last === 'other' ? [...members, twin] : [twin, ...members]) };
    }),
});
