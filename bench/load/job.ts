/** What the load generator is told to do, in one line of JSON. */
export interface Job {
  readonly host: string;
  readonly port: number;
  /** Keep-alive connections, each with one request on its way at any time. */
  readonly connections: number;
  readonly promptBytes: number;
  /**
   * The answer that counts as right: `hello` is the dummy's, byte for byte; `echo` begins with the
   * request's own prompt, and every prompt is another, so a lost or mixed-up answer is seen.
   */
  readonly expect: 'hello' | 'echo';
  /** The number of the first prompt; later jobs go on where earlier ones stopped. */
  readonly firstPrompt: number;
  /** Answers that arrive before this time count for nothing. */
  readonly warmupSeconds: number;
  /** When to stop asking: after a time, or after a number of requests. */
  readonly until: { readonly seconds: number } | { readonly requests: number };
  /** The whole job fails when it takes longer. */
  readonly timeoutSeconds: number;
  /** The server whose CPU time is read along with the generator's own. */
  readonly serverPid: number;
}

/** What came of a job. Only right answers are counted: the first wrong one fails the job. */
export interface LoadResult {
  /** Right answers within the measured time. */
  readonly answers: number;
  readonly seconds: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Share of one core that the generator used: at 1 it is the bottleneck, not the server. */
  readonly clientCpu: number;
  /** Share of one core that the server used, or null where that cannot be read. */
  readonly serverCpu: number | null;
}

/** One line that the generator answers a job with. */
export type JobReport =
  | { readonly result: LoadResult; readonly error: null }
  | { readonly result: null; readonly error: string };
