import { defineCheck } from './check.ts';
import { judgeAnswer } from './judge-answer.ts';

/** What nobody declared is for nobody. */
export const EXTRA_KEYS_CHECK = defineCheck({
  id: 'extra-keys',
  title: 'Unknown parameters of every JSON type beside the prompt are ignored.',
  why: "LangChain's Modal class sends whatever stands in model_kwargs.",
  of: 'extra-keys',
  judge: judgeAnswer,
});
