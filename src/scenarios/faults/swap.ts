import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';
import { createSeenAnswers } from '../seen-answers.ts';
import { watching } from '../watching.ts';

/**
 * Somebody else's answer. Which one is drawn by the exchange's own stream from the last 64 other
 * prompts that were answered in this run, so that the order of those does not matter, though which
 * they are hangs on who came before. With `prompt`, nothing is remembered and nothing hangs on it.
 */
export const swap = defineFault({
  kind: 'swap',
  family: 'answer',
  summary: 'Answers what belongs to the prompt of another request.',
  options: z.strictObject({
    prompt: z
      .string()
      .max(100_000)
      .optional()
      .describe('Answers as if this had been asked, where the answer repeats the prompt.'),
  }),
  example: { prompt: 'Why is grass green?' },
  effect: ({ prompt: other }) => {
    const seen = createSeenAnswers();
    const effect = changeAnswer((answer, { prompt, random }) => {
      if (prompt === null) return { unchanged: 'the request has no prompt' };
      const text =
        other === undefined
          ? seen.drawOther(prompt, random)
          : answer.text.replace(prompt, () => other);
      seen.add(prompt, answer.text);
      if (text === null) return { unchanged: 'no other prompt has been answered before' };
      return { body: writeText(answer, text) };
    });
    return other === undefined ? watching(effect, seen.watch) : effect;
  },
});
