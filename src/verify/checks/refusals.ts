import { defineCheck } from './check.ts';
import { judgeRefusal } from './judge-refusal.ts';

/** A request without a prompt is a mistake. */
export const MISSING_PROMPT = defineCheck({
  id: 'missing-prompt',
  title: 'A request without the prompt is refused with 422.',
  why: 'A client that made a mistake has to be told which.',
  of: 'missing-prompt',
  judge: judgeRefusal,
});

/** So is a prompt of another type. */
export const WRONG_PROMPT = defineCheck({
  id: 'wrong-prompt',
  title: 'A prompt of the wrong type is refused with 422.',
  why: 'A client that made a mistake has to be told which.',
  of: 'wrong-prompt',
  judge: judgeRefusal,
});

/** And any other parameter of another type. */
export const WRONG_PARAMETER = defineCheck({
  id: 'wrong-parameter',
  title: 'Another parameter of the wrong type is refused with 422.',
  why: 'The endpoint has to check what its definition declares.',
  of: 'wrong-parameter',
  judge: judgeRefusal,
});
