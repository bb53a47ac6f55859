import { z } from 'zod';
import { PROMPT_KEY } from '../../contract/prompt.ts';
import { defineFault } from '../fault.ts';
import { writeMembers } from '../plain-answer.ts';
import { corsHeaders, replaceAnswer } from '../replace-answer.ts';

/** An error that looks like an answer, which is all that LangChain's class asks for. */
export const echo500 = defineFault({
  kind: 'echo-500',
  family: 'function',
  summary: 'Answers an error whose JSON repeats the prompt: LangChain takes it for a success.',
  options: z.strictObject({
    status: z.int().min(400).max(599).default(500).describe('The status.'),
    message: z
      .string()
      .max(10_000)
      .default('CUDA out of memory')
      .describe('What stands behind the prompt.'),
  }),
  example: {},
  effect: ({ status, message }) =>
    replaceAnswer(({ prompt, answerKey = PROMPT_KEY }, replaced) => {
      if (prompt === null) return 'the request has no prompt';
      const text = JSON.stringify(`${prompt}: ${message}`);
      return {
        status,
        headers: [['content-type', 'application/json'], ...corsHeaders(replaced)],
        body: answerKey === null ? text : writeMembers([[answerKey, text]]),
      };
    }),
});
