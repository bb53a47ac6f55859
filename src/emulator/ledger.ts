import { digestText } from '../scenarios/digest.ts';
import { createAccount, createBook } from './ledger-book.ts';
import { type LedgerLine, type LineCounts, openLine } from './ledger-line.ts';

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
  /** Enters a call that was charged and delivered in one go, under its prompt. */
  enterPlain(prompt: string, ordinal: number): void;
}

/** How many requests a ledger knows at most; it always knows the last half of them. */
export const LEDGER_ENTRIES_MAX = 5000;

/** Creates an empty ledger. Totals are exact; of more requests than it knows, it forgets the oldest. */
export function createLedger(entriesMax = LEDGER_ENTRIES_MAX): Ledger & LedgerWriter {
  let book = createBook(entriesMax);
  let generation = 0;
  return {
    get generation() {
      return generation;
    },
    get totals() {
      return { ...book.totals };
    },
    get entries() {
      return book.size;
    },
    get forgotten() {
      return book.forgotten;
    },
    list: () =>
      book
        .entries()
        .map(([key, account]) => ({ identity: digestText(key).slice(0, 16), ...account }))
        .toSorted((one, other) => one.lastOrdinal - other.lastOrdinal),
    clear() {
      book = createBook(entriesMax);
      generation += 1;
    },
    open({ key, ordinal, idempotencyKey, prompt }) {
      const account = book.account(key, () =>
        createAccount({ idempotencyKey, prompt: prompt(), ordinal }),
      );
      account.lastOrdinal = ordinal;
      return openLine(book.totals, account);
    },
    enterPlain: (prompt, ordinal) => book.enterPlain(prompt, ordinal),
  };
}
