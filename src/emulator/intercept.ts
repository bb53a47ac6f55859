import type { Clock } from '../scenarios/clock.ts';
import type { Decision } from '../scenarios/decision.ts';
import type { Outcome } from '../scenarios/outcome.ts';
import type { Call } from './call.ts';
import type { Endpoint } from './endpoint.ts';
import type { Answered } from './function/function.ts';
import type { Listeners } from './listeners.ts';

/** An exchange as whoever stands between the client and the endpoint sees it. */
export interface InterceptedExchange {
  readonly ordinal: number;
  readonly method: string;
  /** Path and query as received. */
  readonly target: string;
  /** The first value of a header, or null. The name is lower case. */
  header(name: string): string | null;
  readonly body: Uint8Array;
  /** What was sent as the prompt, valid or not; null when there is none. */
  readonly prompt: string | null;
  /** Key of a plain answer; null for a bare string, undefined where there is no plain answer. */
  readonly answerKey: string | null | undefined;
  readonly clock: Clock;
  /** Aborts when the client leaves, or the emulator starts over. */
  readonly signal: AbortSignal;
  /** For the journal: the fault that decided the outcome; null for none. */
  fault: string | null;
  /** For the journal: what a scenario decided; null where none was met. */
  met: MetScenario | null;
}

/** What a scenario decided about an exchange. */
export interface MetScenario {
  readonly decision: Decision;
  /** From which its run can be had again. */
  readonly token: string;
}

/** What an interceptor tells the journal of an exchange; it stands even when it breaks. */
export type Told = Pick<InterceptedExchange, 'fault' | 'met'>;

/** Stands between the client and the endpoint; `core` has the endpoint answer. */
export type Intercept = (
  exchange: InterceptedExchange,
  core: () => Promise<Outcome>,
) => Promise<Outcome>;

/** What an exchange came to behind its interceptor. */
export interface Intercepted {
  /** Null when the client left first, or the emulator started over. */
  readonly outcome: Outcome | null;
  /** What the endpoint answered last, if it was asked. */
  readonly answered: Answered | null;
  /** Stops listening for the end; due when the outcome has been performed. */
  readonly end: () => void;
}

/** An exchange that is to be intercepted. */
export interface Interception {
  readonly ordinal: number;
  readonly call: Call;
  readonly endpoint: Endpoint;
  /** Told at once when the endpoint has answered. */
  readonly onAnswered: (answered: Answered) => void;
  readonly told: Told;
}

/** The world around exchanges, as far as interceptors meet it. */
export interface InterceptParts {
  readonly clock: Clock;
  /** Told when the emulator starts over. */
  readonly resets: Listeners;
}

/**
 * Runs an exchange through its interceptor.
 * @throws what the interceptor throws while somebody still waits for it
 */
export async function runIntercepted(
  intercept: Intercept,
  interception: Interception,
  parts: InterceptParts,
): Promise<Intercepted> {
  const { call, endpoint } = interception;
  const leaving = createLeaving(call, parts.resets);
  const exchange = interceptedExchange(interception, parts.clock, leaving);
  let answered: Answered | null = null;
  const core = async (): Promise<Outcome> => {
    const answer = endpoint.respond(call);
    // Whoever takes time may be left meanwhile.
    if (answer instanceof Promise) leaving.listen();
    answered = await answer;
    interception.onAnswered(answered);
    return { kind: 'reply', reply: answered.reply };
  };
  let outcome: Outcome | null = null;
  try {
    outcome = await untilReset(intercept(exchange, core), parts.resets);
  } catch (error) {
    if (!leaving.hasLeft) throw error;
  }
  if (leaving.hasLeft) outcome = null;
  if (outcome === null) leaving.end();
  return { outcome, answered, end: leaving.end };
}

/** Waits for an outcome no longer than the emulator goes on: null when it starts over. */
function untilReset(outcome: Promise<Outcome>, resets: Listeners): Promise<Outcome | null> {
  return new Promise<Outcome | null>((resolve, reject) => {
    const forget = resets.add(() => resolve(null));
    outcome.then(resolve, reject).finally(forget);
  });
}

/** What can end an exchange before its time. */
interface Leaving {
  /** Made when it is first asked for: most of what hangs never waits. */
  readonly signal: AbortSignal;
  readonly hasLeft: boolean;
  listen(): void;
  end(): void;
}

/** Listens for the client's leaving and for the emulator's starting over. */
function createLeaving(call: Call, resets: Listeners): Leaving {
  let left: AbortController | null = null;
  let end = () => {};
  const listen = (): AbortController => {
    const controller = new AbortController();
    const signal = call.signal();
    const leave = () => controller.abort(signal.reason);
    const forget = resets.add(() => controller.abort(startedOver()));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave);
    end = () => {
      signal.removeEventListener('abort', leave);
      forget();
    };
    return controller;
  };
  return {
    get signal() {
      left ??= listen();
      return left.signal;
    },
    get hasLeft() {
      return left?.signal.aborted === true;
    },
    listen() {
      left ??= listen();
    },
    end: () => end(),
  };
}

function startedOver(): DOMException {
  return new DOMException('The emulator started over.', 'AbortError');
}

/** What was begun, as its interceptor sees it. */
function interceptedExchange(
  { ordinal, call, endpoint, told }: Interception,
  clock: Clock,
  leaving: Leaving,
): InterceptedExchange {
  const { handler } = endpoint.config.function;
  let prompt: string | null | undefined;
  return {
    ordinal,
    method: call.method,
    target: call.target,
    header: (name) => call.header(name),
    body: call.body,
    get prompt() {
      if (prompt === undefined) prompt = endpoint.askedPrompt(call);
      return prompt;
    },
    answerKey: handler.kind === 'answer' ? handler.key : undefined,
    clock,
    get signal() {
      return leaving.signal;
    },
    get fault() {
      return told.fault;
    },
    set fault(fault) {
      told.fault = fault;
    },
    get met() {
      return told.met;
    },
    set met(met) {
      told.met = met;
    },
  };
}
