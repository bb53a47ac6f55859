import { findEdgeFailure } from '../contract/edge-failures.ts';
import { headerOf } from '../emulator/diagnosis/headers.ts';
import { showValue } from '../emulator/explain/show.ts';
import type { ProbeAnswer } from './exchange.ts';
import { PROBLEMS, type Problem, type ProblemCode } from './problems.ts';
import { seen } from './reading/read-head.ts';

/** Longer than any text of Modal's front. */
const EDGE_TEXT_MAX_BYTES = 2000;

/** Whether the function answered, and not something in front of it; the problem if not. */
export function judgeReach(
  { status, headers, body }: ProbeAnswer,
  hasToken: boolean,
): Problem | null {
  const is = `The status is ${status}, and the body ${seen(body)}`;
  const text = new TextDecoder().decode(body.subarray(0, EDGE_TEXT_MAX_BYTES));
  const edge = findEdgeFailure(status, text);
  if (edge !== null) return { code: edgeCode(edge.name), reason: `${is}: ${edge.summary}.` };
  if (status === 407) {
    const code = hasToken ? 'proxy-auth-invalid' : 'proxy-auth-missing';
    return { code, reason: `${is}.` };
  }
  if (status === 401 || status === 403) return { code: 'unauthorized', reason: `${is}.` };
  if (status !== 429) return null;
  const retryAfter = headerOf(headers, 'retry-after');
  const wait = retryAfter === null ? '' : `; Retry-After is ${showValue(retryAfter)}`;
  return { code: 'rate-limited', reason: `${is}${wait}.` };
}

function edgeCode(name: string): ProblemCode {
  // Sound: a known code is a key of the table.
  return Object.hasOwn(PROBLEMS, name) ? (name as ProblemCode) : 'edge-failure';
}
