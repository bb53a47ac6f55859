import type { HeaderList } from '../../scenarios/outcome.ts';

/** A request that a pact tells of. */
export interface PactRequest {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly headers: HeaderList;
}

/** An interaction of a pact. */
export interface PactInteraction {
  readonly description: string;
  /** Names of the provider states that it needs. */
  readonly states: readonly string[];
  /** Recorded before its provider promises it. */
  readonly isPending: boolean;
  /** Null where it is about messages and not about HTTP. */
  readonly request: PactRequest | null;
  /** As it stands in the file, so that no number changes. */
  readonly text: string;
}

/** A pact file that was read. */
export interface Pact {
  /** As the user knows it. */
  readonly path: string;
  readonly consumer: string;
  /** The version of Pact's specification, as it is written; null where none is named. */
  readonly specification: string | null;
  readonly interactions: readonly PactInteraction[];
  /** Texts of what a pact needs beside its interactions. */
  readonly providerText: string;
  readonly metadataText: string | null;
}

/** An interaction with the pact that it belongs to. */
export interface PactCase {
  readonly pact: Pact;
  readonly interaction: PactInteraction;
}

/** An interaction that is verified. */
export interface CoveredCase extends PactCase {
  /** The equal one whose request is sent, perhaps itself. */
  readonly by: PactCase;
}
