/** One thing that the answer to an interaction has otherwise than the pact says. */
export interface PactMismatch {
  readonly kind: 'status' | 'header' | 'body' | 'content-type' | 'other';
  /** Where: `$.prompt` in a body, the name of a header; null for the rest. */
  readonly path: string | null;
  /** As JSON or text, clipped; null when the engine names none. */
  readonly expected: string | null;
  readonly actual: string | null;
  /** The engine's sentence, clipped. */
  readonly text: string;
}

/** How the engine judged one interaction. */
export interface PactInteractionResult {
  readonly consumer: string;
  readonly provider: string;
  readonly description: string;
  /** Names of the provider states it was verified in. */
  readonly states: readonly string[];
  /** A pending interaction that fails breaks nothing: its provider does not promise it yet. */
  readonly status: 'passed' | 'failed' | 'pending-failed';
  /** The first ones; empty when it passed, or when there was no answer to compare. */
  readonly mismatches: readonly PactMismatch[];
  /** How many there were in all. */
  readonly mismatchCount: number;
  /** Why there was no answer to compare, in the engine's words; null when there was one. */
  readonly error: string | null;
  /** With what the engine did beside, such as provider states; null when it does not say. */
  readonly durationMs: number | null;
}

/** How a run of Pact's engine ended. */
export type PactEngineOutcome =
  | {
      readonly kind: 'verified';
      readonly engineVersion: string;
      readonly results: readonly PactInteractionResult[];
      /** How many of the files it verified; after the last one, it had no answer several times. */
      readonly askedCount: number;
      /** What the engine says of no interaction, such as of a pact that it cannot read. */
      readonly complaints: readonly string[];
    }
  /** Not installed where it was looked for. */
  | { readonly kind: 'missing' }
  /** Too old to be told what it must not do. */
  | { readonly kind: 'unsupported'; readonly engineVersion: string }
  /** Stopped, because it took longer than it was given. */
  | { readonly kind: 'timeout'; readonly afterMs: number }
  /** Stopped, because it took more memory than it was given: an answer without an end. */
  | { readonly kind: 'memory'; readonly limitBytes: number }
  /** It crashed, or refused to run; the reason without secrets. */
  | { readonly kind: 'failed'; readonly reason: string };
