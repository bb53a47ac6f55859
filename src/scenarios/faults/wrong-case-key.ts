import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeMembers } from '../plain-answer.ts';

const CASES = {
  capital: (key: string) => key.charAt(0).toUpperCase() + key.slice(1),
  upper: (key: string) => key.toUpperCase(),
  lower: (key: string) => key.toLowerCase(),
} as const;

/** The right key in the wrong case: `Prompt`. */
export const wrongCaseKey = defineFault({
  kind: 'wrong-case-key',
  family: 'answer',
  summary: 'Answers with the key of the text in another case, such as "Prompt".',
  options: z.strictObject({
    case: z
      .enum(['capital', 'upper', 'lower'])
      .default('capital')
      .describe('How the key is written: Prompt, PROMPT or prompt.'),
  }),
  example: { case: 'capital' },
  effect: (options) =>
    changeAnswer(({ key, members }) => {
      if (key === null) return { unchanged: 'a bare string has no key' };
      const wrong = CASES[options.case](key);
      if (wrong === key) return { unchanged: `the key "${key}" is written so` };
      return {
        body: writeMembers(members.map(([name, json]) => [name === key ? wrong : name, json])),
      };
    }),
});
