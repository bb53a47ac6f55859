/** What is known of a problem before it is met. */
export interface ProblemInfo {
  /** What a result with this problem is. */
  readonly status: 'failed' | 'inconclusive' | 'skipped';
  /** In a few words, for the documentation: `the host name does not resolve`. */
  readonly summary: string;
  /** What to do about it. */
  readonly hint: string;
  /** What a client makes of it, where that does not depend on the answer. */
  readonly consequence: string | null;
}

/** A table of problems by their codes. */
export type ProblemTable = Readonly<Record<string, ProblemInfo>>;
