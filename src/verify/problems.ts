import { ANSWER_PROBLEMS } from './problems/answer-problems.ts';
import type { ProblemInfo } from './problems/problem-info.ts';
import { REACH_PROBLEMS } from './problems/reach-problems.ts';
import { REFUSAL_PROBLEMS, SKIP_PROBLEMS } from './problems/refusal-problems.ts';
import { SHAPE_PROBLEMS } from './problems/shape-problems.ts';
import { TRANSPORT_PROBLEMS } from './problems/transport-problems.ts';

/** Everything that a result of `reach` or `contract` can name, with what to do about it. */
export const PROBLEMS = {
  ...TRANSPORT_PROBLEMS,
  ...REACH_PROBLEMS,
  ...ANSWER_PROBLEMS,
  ...SHAPE_PROBLEMS,
  ...REFUSAL_PROBLEMS,
  ...SKIP_PROBLEMS,
} as const;

/** The stable name of a problem. */
export type ProblemCode = keyof typeof PROBLEMS;

/** A problem that was met. */
export interface Problem {
  readonly code: ProblemCode;
  /** What was seen, as a sentence. */
  readonly reason: string;
  /** What to do, where more is known than the table says. */
  readonly hint?: string;
  /** What a client makes of it, where more is known than the table says. */
  readonly consequence?: string;
}

/** What the table says of a problem. */
export function problemInfo(code: ProblemCode): ProblemInfo {
  return PROBLEMS[code];
}
