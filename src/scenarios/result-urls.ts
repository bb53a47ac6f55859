import { digestText } from './digest.ts';
import type { FaultedExchange } from './effect.ts';
import { createMemory } from './memory.ts';
import { isStreamed, type Outcome } from './outcome.ts';
import type { Random } from './random.ts';

/** A call that goes on while the client looks for its result elsewhere. */
export interface RunningCall {
  readonly outcome: Promise<Outcome>;
  /** How many redirects were answered for it. */
  redirects: number;
}

/** Calls by the token of their result URL, the last 64 of them. */
export interface ResultUrls {
  /** Keeps a call and gives its token, which follows from the exchange's stream. */
  keep(exchange: FaultedExchange, outcome: Promise<Outcome>): string;
  find(token: string): RunningCall | undefined;
  /** What a result URL answers at last; bytes that can be sent once only are forgotten with it. */
  take(token: string, call: RunningCall): Promise<Outcome>;
}

/** Room for a few of the longest answers there are. */
const LIMITS = { entriesMax: 64, lengthMax: 64 * 1024 * 1024 };

/** Creates a store without calls; the token looks like those of the parameter of this name. */
export function createResultUrls(parameter: string): ResultUrls {
  const calls = createMemory<RunningCall>(LIMITS);
  return {
    keep(exchange, outcome) {
      let token = createToken(parameter, exchange.random);
      while (calls.get(token) !== undefined) token = createToken(parameter, exchange.random);
      const call: RunningCall = { outcome, redirects: 1 };
      calls.set(token, call, 0);
      // Whoever takes the result meets its error; without a taker nobody would.
      outcome.then(
        (settled) => calls.get(token) === call && calls.set(token, call, lengthOf(settled)),
        () => undefined,
      );
      return token;
    },
    find: (token) => calls.get(token),
    async take(token, call) {
      const outcome = await call.outcome;
      const isRepeatable = outcome.kind === 'reply' && !isStreamed(outcome.reply.body);
      if (!isRepeatable) calls.delete(token);
      return outcome;
    },
  };
}

function lengthOf(outcome: Outcome): number {
  if (outcome.kind !== 'reply' || isStreamed(outcome.reply.body)) return 0;
  return outcome.reply.body.length;
}

/** The header of a signed token, as Modal's begin: {"alg":"HS256","typ":"JWT"}. */
const JWT_HEADER = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9';

function createToken(parameter: string, random: Random): string {
  const digits = digestText(`${random.seed} ${random.next()}`);
  if (parameter.includes('function_call_id')) return `fc-01${digits.slice(0, 24).toUpperCase()}`;
  return `${JWT_HEADER}.${digits}.${digestText(digits)}`;
}
