import { defineCheck } from './check.ts';
import { judgeText } from './judge-text.ts';

/** The rule that no schema can say. */
export const ECHO = defineCheck({
  id: 'echo',
  title: 'The answer repeats the prompt, word for word.',
  why: "LangChain's Modal class takes an answer only with the prompt in it.",
  of: 'prompt',
  skip: ({ needsEcho }) =>
    needsEcho ? null : { code: 'not-asked', reason: 'The echo was not asked for.' },
  judge: (judged) => {
    const { shape } = judged.reading;
    return shape.value === undefined ? 'blocked' : judgeText(shape.value, judged);
  },
});
