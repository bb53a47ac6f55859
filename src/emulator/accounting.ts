import type { Call } from './call.ts';
import { type Delivery, isDelivered } from './delivered.ts';
import type { Endpoint } from './endpoint.ts';
import type { Answered } from './function/function.ts';
import type { LedgerWriter } from './ledger.ts';
import { chargeLine, conflictLine, endLine, type LedgerLine, replayLine } from './ledger-line.ts';
import { contentOf, idempotencyKeyOf, shorten } from './request-identity.ts';

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
  onEnded(exchange: Accountable, delivery: Delivery): void;
}

/** How many results wait behind redirects at most. */
const RESULTS_MAX = 256;

/** Begins with nothing under way. */
export function createAccounting(ledger: LedgerWriter): Accounting {
  /** Calls that were answered with a redirect, by the target of their result. */
  const results = new Map<string, LedgerLine>();

  const lineOf = (exchange: Accountable, answered: Answered | null): LedgerLine => {
    exchange.line ??= openLine(ledger, exchange, answered);
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

  return {
    onAnswered(exchange, answered) {
      if (exchange.generation !== ledger.generation) return;
      const line = lineOf(exchange, answered);
      if (answered.idempotency === 'replayed') replayLine(line);
      else if (answered.idempotency === 'conflict') conflictLine(line);
      else if (answered.reply.status === 200) chargeLine(line);
    },
    onEnded(exchange, delivery) {
      if (exchange.generation !== ledger.generation) return;
      const { call, line } = exchange;
      // Who follows a redirect is not asking anew, and may come again when it went wrong.
      const followed = line === null ? results.get(call.target) : undefined;
      const resultAt = redirectOf(delivery);
      if (followed === undefined && resultAt === null) {
        endLine(lineOf(exchange, null), isDelivered(delivery));
      } else if (followed === undefined && resultAt !== null) {
        keepResult(resultAt, lineOf(exchange, null));
      } else if (followed !== undefined && isDelivered(delivery)) endLine(followed, true);
    },
  };
}

function openLine(
  ledger: LedgerWriter,
  { ordinal, call, endpoint }: Accountable,
  answered: Answered | null,
): LedgerLine {
  const idempotencyKey = idempotencyKeyOf(call);
  return ledger.open({
    ordinal,
    idempotencyKey,
    key:
      idempotencyKey === null
        ? askedOf(call, endpoint, answered)
        : `key ${shorten(idempotencyKey)}`,
    prompt: () => answered?.prompt ?? endpoint.askedPrompt(call),
  });
}

function askedOf(call: Call, { config }: Endpoint, answered: Answered | null): string {
  if (answered === null || !answered.isPromptOnly || answered.prompt === null)
    return contentOf(call);
  return contentOf(call, { field: config.function.promptField, text: answered.prompt });
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
