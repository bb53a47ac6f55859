import type { Clock } from './clock.ts';
import type { LatencyPoint } from './latency/latency-model.ts';
import type { Outcome } from './outcome.ts';
import type { Random } from './random.ts';

/** One request, as a fault sees it. */
export interface FaultedExchange {
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  /** The first value of a header, or null. The name is lower case. */
  header(name: string): string | null;
  readonly body: Uint8Array;
  /** The prompt, as far as the request has one. */
  readonly prompt: string | null;
  /** Key of a plain answer; null for a bare string, undefined where there is no plain answer. */
  readonly answerKey: string | null | undefined;
  readonly clock: Clock;
  /** Decided by the seed, the step and who asks, never by the order of arrival. */
  readonly random: Random;
  /** Where in its life the step is: what ramps look at. */
  readonly point: LatencyPoint;
  /** Aborts when the client leaves, or the emulator starts over. */
  readonly signal: AbortSignal;
  /** Tells the journal what a fault did, or why it left the answer as it was. */
  note?(text: string): void;
}

/** What comes after a fault: the next one, and at last the function. */
export type Next = () => Promise<Outcome>;

/** What a fault does: it decides an outcome, with or without asking what comes after. */
export interface Effect {
  (exchange: FaultedExchange, next: Next): Promise<Outcome>;
  /** Stands in for the effect where its step lets an exchange pass, for what has to see them all. */
  readonly passing?: Effect;
}
