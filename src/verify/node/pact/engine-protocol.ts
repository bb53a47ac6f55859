/** What the child is told, as its only message; never in its arguments or environment. */
export interface EngineOrder {
  /** The engine's main file. */
  readonly enginePath: string;
  /** Pacts, verified one after the other. */
  readonly files: readonly string[];
  /** Of one interaction. */
  readonly timeoutMs: number;
  /** For the engine's `verifyPacts`, beside the pact. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Beyond it the child ends itself. */
  readonly memoryMaxBytes: number;
}

/** What the child tells, as its only message. */
export type EngineMessage =
  /** The engine's own reports as one, cut to what is read of them; how many files they are of. */
  | { readonly kind: 'report'; readonly report: unknown; readonly askedCount: number }
  | { readonly kind: 'memory' }
  | { readonly kind: 'failed'; readonly reason: string };
