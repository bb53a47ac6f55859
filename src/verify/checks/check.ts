import type { FunctionDefinition } from '../../contract/function.ts';
import type { ProbeAnswer } from '../exchange.ts';
import type { Problem, ProblemCode } from '../problems.ts';
import type { Reading } from '../reading/reading.ts';
import type { PlannedRequest, RequestName } from '../requests/planned.ts';

/** What an endpoint is held to. */
export interface Terms {
  readonly definition: FunctionDefinition;
  /** The key of the answer's text; null for a bare string. */
  readonly answerKey: string | null;
  readonly needsEcho: boolean;
}

/** An answered request, for the checks to judge. */
export interface Judged {
  readonly request: PlannedRequest;
  readonly answer: ProbeAnswer;
  /** The answer, read as that to a good request. */
  readonly reading: Reading;
  readonly terms: Terms;
  /** The nonces of the prompts before this one. */
  readonly earlierNonces: readonly string[];
  /** What the ordinary prompt has shown already. */
  readonly known: ReadonlySet<ProblemCode>;
}

/** `blocked`: something before it went wrong, so that nothing can be said. */
export type Judgement = Problem | null | 'blocked';

/** One thing that an endpoint is held to. */
export interface Check {
  /** Stable name, in kebab case. */
  readonly id: string;
  /** What is checked, as a sentence that is true when it passes. */
  readonly title: string;
  /** Why it matters, as a sentence. */
  readonly why: string;
  /** Whose answer is judged: one request's, or that of every good request. */
  readonly of: RequestName | 'every good request';
  /** Why it is not judged under these terms, as a sentence; null where it is. */
  readonly skip?: (terms: Terms) => (Pick<Problem, 'reason'> & { readonly code: SkipCode }) | null;
  readonly judge: (judged: Judged) => Judgement;
}

/** Why a check is left out under the terms. */
export type SkipCode = 'not-asked' | 'not-applicable';

/** Defines a check. */
export function defineCheck(check: Check): Check {
  return check;
}
