import { z } from 'zod';
import { repeatsPrompt } from '../../contract/prompt.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';

/** What is answered where nothing is left; a prompt can be a part of one, hardly of both. */
const SPARE_TEXTS = ['hello world', '42'];

/** The completion alone, as most models' servers answer it. */
export const noEcho = defineFault({
  kind: 'no-echo',
  family: 'answer',
  summary: 'Answers without the prompt in the text, on which the LangChain class crashes.',
  options: z.strictObject({
    text: z
      .string()
      .max(1_000_000)
      .optional()
      .describe('The whole text; without it, the text of the answer with the prompt taken out.'),
  }),
  example: {},
  effect: (options) =>
    changeAnswer((answer, { prompt }) => {
      if (prompt === null) return { unchanged: 'the request has no prompt' };
      if (prompt === '') return { unchanged: 'the empty prompt is in every text' };
      const rest = answer.text.replaceAll(prompt, '');
      const texts = [options.text ?? rest, ...SPARE_TEXTS];
      const text = texts.find((one) => one !== '' && !repeatsPrompt(one, prompt));
      if (text === undefined) return { unchanged: 'the prompt is in every text there is' };
      return { body: writeText(answer, text) };
    }),
});
