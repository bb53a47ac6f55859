import { z } from 'zod';
import { repeatsPrompt } from '../../contract/prompt.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';

const CHANGES = {
  case: (prompt: string) =>
    prompt === prompt.toLowerCase() ? prompt.toUpperCase() : prompt.toLowerCase(),
  // As a tokenizer tidies up; what is tidy already gets a blank more.
  whitespace: (prompt: string) => {
    const tidy = prompt.trim().replaceAll(/\s+/g, ' ');
    return tidy === prompt ? prompt.replace(' ', '  ') : tidy;
  },
  nfc: (prompt: string) => prompt.normalize('NFC'),
  nfd: (prompt: string) => prompt.normalize('NFD'),
  crlf: (prompt: string) =>
    prompt.includes('\r\n') ? prompt.replaceAll('\r\n', '\n') : prompt.replaceAll('\n', '\r\n'),
} as const;

/** The prompt comes back, but not character by character. */
export const changedEcho = defineFault({
  kind: 'changed-echo',
  family: 'answer',
  summary: 'Repeats the prompt with a change that people overlook and programs do not.',
  options: z.strictObject({
    change: z
      .enum(['case', 'whitespace', 'nfc', 'nfd', 'crlf'])
      .default('case')
      .describe('Letter case, blanks, composed or decomposed accents, or the ends of lines.'),
  }),
  example: { change: 'whitespace' },
  effect: ({ change }) =>
    changeAnswer((answer, { prompt }) => {
      if (prompt === null || !repeatsPrompt(answer.text, prompt)) {
        return { unchanged: 'it does not repeat the prompt' };
      }
      const changed = CHANGES[change](prompt);
      if (changed === prompt) return { unchanged: `${change} changes nothing in this prompt` };
      const text = answer.text.replaceAll(prompt, () => changed);
      if (repeatsPrompt(text, prompt)) return { unchanged: 'the prompt would still be in it' };
      return { body: writeText(answer, text) };
    }),
});
