import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';
import { createSeenAnswers } from '../seen-answers.ts';
import { watching } from '../watching.ts';

/**
 * An answer from before. With `of: same-prompt` only the order among equal prompts matters; with
 * `of: any` it is the order of all, which at concurrency is not the same twice.
 */
export const stale = defineFault({
  kind: 'stale',
  family: 'answer',
  summary: 'Answers once more what was answered before, whatever is asked now.',
  options: z.strictObject({
    of: z
      .enum(['any', 'same-prompt'])
      .default('any')
      .describe('Whose answer: that of any request, or of one with the same prompt.'),
    from: z
      .enum(['first', 'previous'])
      .default('first')
      .describe('The first answer of the run for ever, or always the one before.'),
  }),
  example: { of: 'any', from: 'first' },
  effect: ({ of, from }) => {
    const seen = createSeenAnswers({ isShared: of === 'any', keepsFirst: from === 'first' });
    const effect = changeAnswer((answer, { prompt }) => {
      if (prompt === null) return { unchanged: 'the request has no prompt' };
      const before = seen.find(prompt);
      seen.add(prompt, answer.text);
      if (before === undefined) return { unchanged: 'there was no such answer before' };
      return { body: writeText(answer, before) };
    });
    return watching(effect, seen.watch);
  },
});
