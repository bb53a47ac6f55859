import type { FunctionDefinition } from '../contract/function.ts';
import type { Clock } from '../scenarios/clock.ts';
import type { HeaderList } from '../scenarios/outcome.ts';
import type { Transport } from './exchange.ts';
import type { CheckResult } from './report.ts';

/** What an endpoint is verified with. */
export interface VerifyOptions {
  /** Absolute http or https URL; a path and a query stay as they are. */
  readonly url: string;
  /** The shape of the endpoint: method, parameters, prompt field, answer key. */
  readonly definition: FunctionDefinition;
  /** Sent with every request; may hold secrets. */
  readonly headers: HeaderList;
  /** Whether the answer must repeat the prompt, as LangChain's Modal class needs it. */
  readonly needsEcho: boolean;
  /** Origin of the random part of the prompts, so that no cache or stale answer passes. */
  readonly seed: string;
  /** The budget: requests that may be sent, redirects included. */
  readonly requestsMax: number;
  /** Of one check, redirects included; long enough for a cold start. */
  readonly timeoutMs: number;
}

/** What the checks reach the world through. */
export interface VerifySurroundings {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Told of every result as it is found, for a line per check. */
  readonly onResult?: (result: CheckResult) => void;
  /** Verifies pacts with what is left of the budget; called once, when the endpoint was reached. */
  readonly verifyPacts?: (requestsLeft: number) => Promise<PactStage>;
}

/** What came of the pacts. */
export interface PactStage {
  readonly results: readonly CheckResult[];
  /** How many requests it took. */
  readonly sent: number;
}
