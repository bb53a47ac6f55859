import type { ProbeAnswer } from './exchange.ts';
import { type Problem, problemInfo } from './problems.ts';
import type { Secrets } from './secrets.ts';

/** The answer without the secrets that it repeats; the very same where there are none. */
export function withoutSecretsOf(answer: ProbeAnswer, secrets: Secrets): ProbeAnswer {
  const body = secrets.redactBytes(answer.body);
  const headers = answer.headers.map(([name, value]) => [name, secrets.redact(value)] as const);
  const isSame = headers.every(([, value], index) => value === answer.headers[index]?.[1]);
  return body === answer.body && isSame ? answer : { ...answer, body, headers };
}

/**
 * Judges what was sent, and quotes what may be shown: a mask put in before would change the
 * judgement, and one put in behind would miss a secret of which a message quotes a part only.
 */
export function judgeSafely<T>(
  answer: ProbeAnswer,
  secrets: Secrets,
  judge: (answer: ProbeAnswer) => T | Problem,
): T | Problem {
  const judged = judge(answer);
  if (!isProblem(judged)) return judged;
  const shown = withoutSecretsOf(answer, secrets);
  if (shown === answer) return judged;
  const safe = judge(shown);
  if (isProblem(safe) && safe.code === judged.code) return safe;
  const { summary } = problemInfo(judged.code);
  return { code: judged.code, reason: `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.` };
}

function isProblem(judged: unknown): judged is Problem {
  return typeof judged === 'object' && judged !== null && 'code' in judged;
}
