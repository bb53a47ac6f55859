import type { Judged, Judgement } from './check.ts';
import { judgeText } from './judge-text.ts';

/**
 * Everything about the answer to a good request, where what the ordinary prompt showed already is
 * not told again.
 */
export function judgeAnswer(judged: Judged): Judgement {
  const { reading, known } = judged;
  const { status, contentType, content, text, json, shape } = reading;
  for (const stage of [status, contentType, content, text, json, shape]) {
    if (stage.problem === null || known.has(stage.problem.code)) continue;
    return stage.problem;
  }
  if (shape.value === undefined) return 'blocked';
  const problem = judgeText(shape.value, judged);
  return problem === null || known.has(problem.code) ? null : problem;
}
