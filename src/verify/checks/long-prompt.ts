import { defineCheck } from './check.ts';
import { judgeAnswer } from './judge-answer.ts';

/** A prompt may be longer than a packet. */
export const LONG = defineCheck({
  id: 'long-prompt',
  title: 'A long prompt is answered.',
  why: 'Prompts with documents in them are long, and careless code cuts them.',
  of: 'long-prompt',
  judge: judgeAnswer,
});
