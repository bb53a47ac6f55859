import type { ProbeAnswer } from './exchange.ts';
import { type Problem, problemInfo } from './problems.ts';
import type { Secrets } from './secrets.ts';

/** The answer as it may be quoted; the very same where it holds no secrets. */
export type ShowAnswer = (answer: ProbeAnswer) => ProbeAnswer;

/** Undoes what a body is packed with; null where it is not packed, or not as it says. */
export type UnpackBody = (answer: ProbeAnswer) => Uint8Array | null;

/** Creates what takes secrets out of answers, once of each. */
export function createShowAnswer(secrets: Secrets, unpack: UnpackBody): ShowAnswer {
  const known = new WeakMap<ProbeAnswer, ProbeAnswer>();
  return (answer) => {
    const before = known.get(answer);
    if (before !== undefined) return before;
    const now = withoutSecretsOf(answer, secrets, unpack);
    known.set(answer, now);
    return now;
  };
}

function withoutSecretsOf(answer: ProbeAnswer, secrets: Secrets, unpack: UnpackBody): ProbeAnswer {
  const headers = answer.headers.map(
    ([name, value]) => [name, secrets.redactHeader(value)] as const,
  );
  const isSame = headers.every(([, value], index) => value === answer.headers[index]?.[1]);
  const unpacked = unpack(answer);
  const read = unpacked ?? answer.body;
  const body = secrets.redactBytes(read);
  if (body === read) return isSame ? answer : { ...answer, headers };
  if (unpacked === null) return { ...answer, headers, body };
  // Of a packed body, a message quotes what it unpacks to: that is masked, and stays unpacked.
  const others = headers.filter(([name]) => name.toLowerCase() !== 'content-encoding');
  return { ...answer, headers: others, body };
}

/**
 * Judges what was sent, and quotes what may be shown: a mask put in before would change the
 * judgement, and one put in behind would miss a secret of which a message quotes a part only.
 */
export function judgeSafely<T>(
  answer: ProbeAnswer,
  show: ShowAnswer,
  judge: (answer: ProbeAnswer) => T | Problem,
): T | Problem {
  const judged = judge(answer);
  if (!isProblem(judged)) return judged;
  const shown = show(answer);
  if (shown === answer) return judged;
  const safe = judge(shown);
  if (isProblem(safe) && safe.code === judged.code) return safe;
  const { summary } = problemInfo(judged.code);
  return { code: judged.code, reason: `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.` };
}

function isProblem(judged: unknown): judged is Problem {
  return typeof judged === 'object' && judged !== null && 'code' in judged;
}
