import type { AnswerSource } from './source.ts';

/** Repeats the prompt and goes on: what LangChain's Modal class needs to find its completion. */
export function createEchoSource(options: { readonly completion: string }): AnswerSource {
  const { completion } = options;
  return {
    name: 'echo',
    summary: 'the prompt, then a completion',
    needsPrompt: true,
    answer: (question) => question.prompt + completion,
  };
}
