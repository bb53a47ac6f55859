/** How a check ended. */
export type CheckStatus =
  | 'passed'
  /** The endpoint breaks the contract. */
  | 'failed'
  /** It could not be judged: unreachable, not deployed, a pact that cannot be read. */
  | 'inconclusive'
  /** It was not tried: the budget is spent, or an earlier result makes it pointless. */
  | 'skipped';

/** The outcome of one check. */
export interface CheckResult {
  /** Stable name of the check: `echo`, `method-not-allowed`, `pact: ts-client: a prompt`. */
  readonly id: string;
  readonly group: 'reach' | 'contract' | 'pact';
  /** What is checked, as a sentence: `The answer repeats the prompt.` */
  readonly title: string;
  readonly status: CheckStatus;
  /** Stable name of what is wrong: `echo-trimmed`, `dns`; null when it passed. */
  readonly problem: string | null;
  /** What was seen, and why that is wrong; null when it passed. */
  readonly reason: string | null;
  /** What a client makes of it: `LangChain's Modal class raises KeyError: ...`; null when nothing. */
  readonly consequence: string | null;
  /** What to do about it; null when it passed. */
  readonly hint: string | null;
  /** A line for a POSIX shell that repeats the request, secrets as variables; null without one. */
  readonly curl: string | null;
  /** Of its exchange; null when nothing was sent for it alone. */
  readonly durationMs: number | null;
}

/** What the checks say together. */
export type Verdict = 'passed' | 'failed' | 'inconclusive';

/** All that is known about an endpoint after it was verified. */
export interface Report {
  readonly tool: { readonly name: 'modal-emulator'; readonly version: string };
  /** Without credentials and the values of its query. */
  readonly url: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Repeats the same requests: `--seed`. */
  readonly seed: string;
  readonly verdict: Verdict;
  readonly results: readonly CheckResult[];
  readonly requests: { readonly sent: number; readonly max: number };
  readonly latency: {
    /** Time to the whole first answer, which a cold start is a part of; null without an answer. */
    readonly firstAnswerMs: number | null;
    /** Of the answers after it; null when there were none. */
    readonly laterMedianMs: number | null;
    readonly laterMaxMs: number | null;
  };
}

/**
 * The verdict over results: failed when one failed; inconclusive when one is, or when nothing but
 * the reach of the endpoint was judged; else passed.
 */
export function verdictOf(results: readonly CheckResult[]): Verdict {
  if (results.some(({ status }) => status === 'failed')) return 'failed';
  if (results.some(({ status }) => status === 'inconclusive')) return 'inconclusive';
  const judged = results.some(({ group, status }) => group !== 'reach' && status === 'passed');
  return judged ? 'passed' : 'inconclusive';
}
