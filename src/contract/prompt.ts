import { z } from 'zod';
import type { FunctionDefinition } from './function.ts';

/** What a client posts: a prompt, and whatever else it likes beside it. */
export const promptRequestSchema = z.looseObject({
  prompt: z.string().describe('The text to complete; empty and any Unicode are allowed.'),
});

/** What the endpoint of LangChain's page answers; keys beside `prompt` are for nobody. */
export const promptAnswerSchema = z.looseObject({
  prompt: z.string().describe('The completion; LangChain needs the prompt in it, word for word.'),
});

/** A request of the contract. */
export type PromptRequest = z.infer<typeof promptRequestSchema>;

/** An answer of the contract. */
export type PromptAnswer = z.infer<typeof promptAnswerSchema>;

/** The key under which the contract's answer holds its text. */
export const PROMPT_KEY = 'prompt';

/**
 * The schema of an answer whose text stands under another key; null is a bare string. The text
 * comes out, whatever it stood under.
 */
export function answerTextSchema(key: string | null = PROMPT_KEY) {
  if (key === null) return z.string();
  return z.looseObject({ [key]: z.string() }).transform((answer) => String(answer[key]));
}

/** The key of the answer's text of a function; null for a bare string, undefined for no answer. */
export function answerKeyOf({ handler }: FunctionDefinition): string | null | undefined {
  return handler.kind === 'answer' ? handler.key : undefined;
}

/** The rule that no schema can say: LangChain's class takes an answer only with the prompt in it. */
export function repeatsPrompt(text: string, prompt: string): boolean {
  return text.includes(prompt);
}
