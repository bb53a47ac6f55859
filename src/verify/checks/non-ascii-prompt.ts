import { defineCheck } from './check.ts';
import { judgeAnswer } from './judge-answer.ts';

/** A prompt may hold any Unicode. */
export const NON_ASCII = defineCheck({
  id: 'non-ascii-prompt',
  title: 'A prompt of many scripts is answered.',
  why: 'People write in their own language.',
  of: 'non-ascii-prompt',
  judge: judgeAnswer,
});
