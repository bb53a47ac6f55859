import type { Call } from './call.ts';
import { type Delivery, isDelivered } from './delivered.ts';
import type { Endpoint } from './endpoint.ts';
import type { Answered } from './function/function.ts';
import type { LedgerWriter } from './ledger.ts';
import {
  chargeLine,
  conflictLine,
  endLine,
  type LedgerLine,
  noCounts,
  openLine,
  replayLine,
} from './ledger-line.ts';
import { idempotencyKeyOf, identify } from './request-identity.ts';

/** An exchange that is accounted for. */
export interface Accountable {
  readonly ordinal: number;
  readonly call: Call;
  readonly endpoint: Endpoint;
  /** The ledger's, when it began. */
  readonly generation: number;
  /** Its line in the ledger, once there is one. */
  line: LedgerLine | null;
}

/** Enters exchanges into a ledger. */
export interface Accounting {
  /** The function has answered, wherever the answer goes from there. */
  onAnswered(exchange: Accountable, answered: Answered): void;
  /** The function has answered a call whose answer goes straight to the client. */
  onDelivered(exchange: Accountable, answered: Answered): void;
  onEnded(exchange: Accountable, delivery: Delivery): void;
}

/** How many results wait behind redirects at most. */
const RESULTS_MAX = 256;

/** Begins with nothing under way. */
export function createAccounting(ledger: LedgerWriter): Accounting {
  /** Calls that were answered with a redirect, by the target of their result. */
  const results = new Map<string, LedgerLine>();

  const lineOf = (exchange: Accountable, answered: Answered | null): LedgerLine => {
    exchange.line ??= openLineOf(ledger, exchange, answered);
    return exchange.line;
  };
  const keepResult = (target: string, line: LedgerLine) => {
    results.set(target, line);
    if (results.size <= RESULTS_MAX) return;
    const [oldest] = results;
    if (oldest === undefined) return;
    results.delete(oldest[0]);
    // Nobody came for it.
    endLine(oldest[1], false);
  };
  const onAnswered = (exchange: Accountable, answered: Answered) => {
    if (exchange.generation !== ledger.generation) return;
    const line = lineOf(exchange, answered);
    if (answered.idempotency === 'replayed') replayLine(line);
    else if (answered.idempotency === 'conflict') conflictLine(line);
    else if (answered.reply.status === 200) chargeLine(line);
  };

  return {
    onAnswered,
    onDelivered(exchange, answered) {
      if (exchange.generation !== ledger.generation) return;
      const prompt = plainPrompt(exchange, answered);
      if (prompt === null) {
        onAnswered(exchange, answered);
        return;
      }
      ledger.enterPlain(prompt, exchange.ordinal);
      exchange.line = OVER;
    },
    onEnded(exchange, delivery) {
      const { call, line } = exchange;
      if (line === OVER || exchange.generation !== ledger.generation) return;
      // Who follows a redirect is not asking anew, and may come again when it went wrong.
      const followed = line === null ? results.get(call.target) : undefined;
      const resultAt = redirectOf(delivery);
      if (followed !== undefined) {
        if (isDelivered(delivery)) endLine(followed, true);
      } else if (resultAt !== null) keepResult(resultAt, lineOf(exchange, null));
      else endLine(lineOf(exchange, null), isDelivered(delivery));
    },
  };
}

/** The line of what is entered already. */
const OVER: LedgerLine = openLine(noCounts(), noCounts());

/** The prompt that a delivered answer is entered under; null where there is more to it. */
function plainPrompt({ call, endpoint }: Accountable, answered: Answered): string | null {
  const { reply, prompt, isPromptOnly, idempotency } = answered;
  if (!isPromptOnly || idempotency !== undefined || reply.status !== 200) return null;
  const key = identify(call, plainCallOf(endpoint), prompt);
  return key === prompt ? prompt : null;
}

function openLineOf(
  ledger: LedgerWriter,
  { ordinal, call, endpoint }: Accountable,
  answered: Answered | null,
): LedgerLine {
  const promptOnly = answered?.isPromptOnly === true ? answered.prompt : null;
  return ledger.open({
    ordinal,
    idempotencyKey: idempotencyKeyOf(call),
    key: identify(call, plainCallOf(endpoint), promptOnly),
    prompt: () => answered?.prompt ?? endpoint.askedPrompt(call),
  });
}

function plainCallOf({ config }: Endpoint) {
  return config.function;
}

/** Where the answer is to be had instead; null where no redirect says so. */
function redirectOf({ call, outcome }: Delivery): string | null {
  if (outcome.kind !== 'reply' || outcome.reply.status !== 303) return null;
  const location = outcome.reply.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  const base = `http://localhost${call.target}`;
  if (location === undefined || !URL.canParse(location, base)) return null;
  const { pathname, search } = new URL(location, base);
  return pathname + search;
}
