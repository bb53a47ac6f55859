import type { AnswerSource } from './source.ts';

/** The dummy of LangChain's page on Modal: every prompt gets the same two words. */
export function createHelloSource(): AnswerSource {
  return {
    name: 'hello',
    summary: 'always "hello world"',
    needsPrompt: false,
    answer: () => 'hello world',
  };
}
