import { defineCheck } from './check.ts';
import { judgeAnswer } from './judge-answer.ts';

/** A prompt may be empty. */
export const EMPTY_PROMPT = defineCheck({
  id: 'empty-prompt',
  title: 'An empty prompt is answered.',
  why: 'An empty text is a text: a chain may send one.',
  of: 'empty-prompt',
  judge: judgeAnswer,
});
