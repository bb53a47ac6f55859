import { digestText } from '../scenarios/digest.ts';
import { createLine, type LedgerLine, type LineCounts } from './ledger-line.ts';
import { clipText } from './text.ts';

/** One request, with all attempts at it. */
export interface LedgerEntry extends Readonly<LineCounts> {
  /** Equal for equal requests; it tells them apart and says nothing else. */
  readonly identity: string;
  readonly idempotencyKey: string | null;
  /** The beginning of the prompt. */
  readonly prompt: string | null;
  /** The journal has them, as long as it keeps them. */
  readonly firstOrdinal: number;
  readonly lastOrdinal: number;
}

/** What was asked for, how often, and what it cost. */
export interface Ledger {
  readonly totals: Readonly<LineCounts>;
  /** How many requests are known. */
  readonly entries: number;
  /** How many had to be forgotten: should one come again, it counts as a new one. */
  readonly forgotten: number;
  /** What is known, the one that was called last at the end. */
  list(): readonly LedgerEntry[];
  clear(): void;
}

/** A call, as it is entered. */
export interface LedgerCall {
  readonly ordinal: number;
  /** Equal for the attempts of one request. */
  readonly key: string;
  readonly idempotencyKey: string | null;
  /** Asked for the first call of a request only. */
  prompt(): string | null;
}

/** The ledger's other side, for whoever writes it. */
export interface LedgerWriter {
  /** How often it was cleared: what began before leaves no trace after it. */
  readonly generation: number;
  /** Enters a call; its line is for what becomes of it. */
  open(call: LedgerCall): LedgerLine;
}

interface Account extends LineCounts {
  readonly idempotencyKey: string | null;
  readonly prompt: string | null;
  readonly firstOrdinal: number;
  lastOrdinal: number;
}

/** Everything since the last clear. */
interface Book {
  readonly totals: LineCounts;
  /** By key, the one that was called least recently first, roughly. */
  readonly accounts: Map<string, Account>;
  forgotten: number;
}

/** How many requests a ledger knows. */
export const LEDGER_ENTRIES_MAX = 5000;

/** How much of a prompt, and of a key, is kept. */
const SHOWN_MAX_BYTES = 200;

/** Creates an empty ledger. Totals are exact; of more requests than it knows, it forgets the oldest. */
export function createLedger(entriesMax = LEDGER_ENTRIES_MAX): Ledger & LedgerWriter {
  let book = createBook();
  let generation = 0;
  return {
    get generation() {
      return generation;
    },
    get totals() {
      return { ...book.totals };
    },
    get entries() {
      return book.accounts.size;
    },
    get forgotten() {
      return book.forgotten;
    },
    list: () =>
      [...book.accounts]
        .map(([key, account]) => ({ identity: digestText(key).slice(0, 16), ...account }))
        .toSorted((one, other) => one.lastOrdinal - other.lastOrdinal),
    clear() {
      book = createBook();
      generation += 1;
    },
    open(call) {
      return createLine(book.totals, accountOf(book, call, entriesMax));
    },
  };
}

function createBook(): Book {
  return { totals: zero(), accounts: new Map(), forgotten: 0 };
}

function zero(): LineCounts {
  return {
    calls: 0,
    retries: 0,
    charges: 0,
    paidTwice: 0,
    delivered: 0,
    undelivered: 0,
    underWay: 0,
    replayed: 0,
    conflicts: 0,
  };
}

function accountOf(book: Book, call: LedgerCall, entriesMax: number): Account {
  const { totals, accounts } = book;
  const known = accounts.get(call.key);
  totals.calls += 1;
  if (known !== undefined) {
    totals.retries += 1;
    known.calls += 1;
    known.retries += 1;
    known.lastOrdinal = call.ordinal;
    // Only where somebody will be forgotten soon does it matter who was there last.
    if (accounts.size * 2 > entriesMax) {
      accounts.delete(call.key);
      accounts.set(call.key, known);
    }
    return known;
  }
  const { ordinal, idempotencyKey } = call;
  const account: Account = {
    idempotencyKey: clipText(idempotencyKey, SHOWN_MAX_BYTES),
    prompt: clipText(call.prompt(), SHOWN_MAX_BYTES),
    firstOrdinal: ordinal,
    lastOrdinal: ordinal,
    ...zero(),
    calls: 1,
  };
  accounts.set(call.key, account);
  if (accounts.size > entriesMax) {
    const [oldest] = accounts.keys();
    if (oldest !== undefined) accounts.delete(oldest);
    book.forgotten += 1;
  }
  return account;
}
