import { type LineCounts, noCounts } from './ledger-line.ts';
import { clipText } from './text.ts';

/** One request, and what its calls came to. */
export interface Account extends LineCounts {
  readonly idempotencyKey: string | null;
  readonly prompt: string | null;
  readonly firstOrdinal: number;
  lastOrdinal: number;
}

/** Requests by their key, so many at most. */
export interface LedgerBook {
  readonly totals: LineCounts;
  readonly size: number;
  readonly forgotten: number;
  entries(): readonly (readonly [key: string, account: Account])[];
  /** What is known of a key; what `create` makes where nothing is. */
  account(key: string, create: () => Account): Account;
  /** The same for a call that was charged and delivered, under its prompt. */
  enterPlain(prompt: string, ordinal: number): void;
}

/**
 * A call that was charged and delivered once, under its prompt, is its ordinal and nothing else:
 * most are, and every object that outlives its exchange costs the garbage collector.
 */
type Kept = Account | number;

/** Begins with no call. */
export function createBook(entriesMax: number): LedgerBook {
  const totals = noCounts();
  // Who is called comes into the newer half, and when that is full the older one goes: to take the
  // oldest out of a map one by one costs more the larger the map is.
  let newer = new Map<string, Kept>();
  let older = new Map<string, Kept>();
  let forgotten = 0;

  const keep = (key: string, kept: Kept) => {
    newer.set(key, kept);
    if (newer.size * 2 <= entriesMax) return;
    forgotten += older.size;
    older = newer;
    newer = new Map();
  };
  /** What is known of a key, which from now on was called lately. */
  const find = (key: string): Kept | undefined => {
    const known = newer.get(key);
    if (known !== undefined) return known;
    const old = older.get(key);
    if (old === undefined) return undefined;
    older.delete(key);
    keep(key, old);
    return old;
  };
  const unfold = (key: string, kept: Kept): Account => {
    if (typeof kept !== 'number') return kept;
    const account = plainAccount(key, kept);
    keep(key, account);
    return account;
  };

  return {
    totals,
    get size() {
      return newer.size + older.size;
    },
    get forgotten() {
      return forgotten;
    },
    entries: () =>
      [...older, ...newer].map(([key, kept]) => [
        key,
        typeof kept === 'number' ? plainAccount(key, kept) : kept,
      ]),
    account(key, create) {
      const known = find(key);
      if (known !== undefined) return unfold(key, known);
      const account = create();
      keep(key, account);
      return account;
    },
    enterPlain(prompt, ordinal) {
      const known = find(prompt);
      if (known === undefined) keep(prompt, ordinal);
      else {
        const account = unfold(prompt, known);
        account.lastOrdinal = ordinal;
        enterAgain(totals, account);
        enterDelivered(account);
      }
      enterDelivered(totals);
    },
  };
}

/** How much of a prompt, and of a key, is kept. */
const SHOWN_MAX_BYTES = 200;

/** What an account is opened with. */
export interface AccountParts {
  readonly idempotencyKey: string | null;
  readonly prompt: string | null;
  readonly ordinal: number;
}

/** An account without a call. */
export function createAccount({ idempotencyKey, prompt, ordinal }: AccountParts): Account {
  return {
    idempotencyKey: clipText(idempotencyKey, SHOWN_MAX_BYTES),
    prompt: clipText(prompt, SHOWN_MAX_BYTES),
    firstOrdinal: ordinal,
    lastOrdinal: ordinal,
    ...noCounts(),
  };
}

function plainAccount(prompt: string, ordinal: number): Account {
  const account = createAccount({ idempotencyKey: null, prompt, ordinal });
  enterDelivered(account);
  return account;
}

function enterDelivered(counts: LineCounts): void {
  counts.calls += 1;
  counts.charges += 1;
  counts.delivered += 1;
}

function enterAgain(totals: LineCounts, account: LineCounts): void {
  totals.retries += 1;
  account.retries += 1;
  if (account.charges === 0) return;
  totals.paidTwice += 1;
  account.paidTwice += 1;
}
