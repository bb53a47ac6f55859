/** What the child is told, as its only message; never in its arguments or environment. */
export interface EngineOrder {
  /** The engine's main file. */
  readonly enginePath: string;
  /** For the engine's `verifyPacts`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Beyond it the child ends itself. */
  readonly memoryMaxBytes: number;
}

/** What the child tells, as its only message. */
export type EngineMessage =
  /** The engine's own report, cut to what is read of it. */
  | { readonly kind: 'report'; readonly report: unknown }
  | { readonly kind: 'memory' }
  | { readonly kind: 'failed'; readonly reason: string };
