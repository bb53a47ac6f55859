/** What is counted, of one request or of all. */
export interface LineCounts {
  /** How often it was asked for; whoever follows a redirect to a result does not ask again. */
  calls: number;
  /** How many of the calls were not the first of their request. */
  retries: number;
  /** How often the function ran and answered 200, which is what costs. */
  charges: number;
  /** How many of the charges were for a request that had been paid for already. */
  paidTwice: number;
  /** How many of the charges got their answer through to the client. */
  delivered: number;
  /** Paid, and never delivered. */
  undelivered: number;
  /** Paid, and still on the way. */
  underWay: number;
  /** Answered with what is kept for an Idempotency-Key, without a charge. */
  replayed: number;
  /** Refused with 409, because of an Idempotency-Key. */
  conflicts: number;
}

/** Counts of nothing. */
export function noCounts(): LineCounts {
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

/** One call in the ledger, until its end is known. */
export interface LedgerLine {
  readonly totals: LineCounts;
  readonly account: LineCounts;
  isCharged: boolean;
  isReplayed: boolean;
  /** Null until the client has got what it gets. */
  isDelivered: boolean | null;
}

/** The line of a call that has just come. */
export function openLine(totals: LineCounts, account: LineCounts): LedgerLine {
  const line = { totals, account, isCharged: false, isReplayed: false, isDelivered: null };
  if (account.calls > 0) add(line, 'retries', 1);
  add(line, 'calls', 1);
  return line;
}

/** The function has run, and answered 200. */
export function chargeLine(line: LedgerLine): void {
  if (line.account.charges > 0) add(line, 'paidTwice', 1);
  add(line, 'charges', 1);
  // One call has one answer, however often the function ran for it.
  if (line.isCharged) {
    add(line, 'undelivered', 1);
    return;
  }
  line.isCharged = true;
  if (line.isDelivered === null) add(line, 'underWay', 1);
  else settle(line, line.isDelivered);
}

/** It was answered with what is kept for its key. */
export function replayLine(line: LedgerLine): void {
  line.isReplayed = true;
  add(line, 'replayed', 1);
}

/** It was refused because of its key. */
export function conflictLine(line: LedgerLine): void {
  add(line, 'conflicts', 1);
}

/** Says what the client got in the end; the first end counts. */
export function endLine(line: LedgerLine, isDelivered: boolean): void {
  if (line.isDelivered !== null) return;
  line.isDelivered = isDelivered;
  if (line.isCharged) {
    add(line, 'underWay', -1);
    settle(line, isDelivered);
  } else if (line.isReplayed && isDelivered && line.account.undelivered > 0) {
    // What was paid for has come after all.
    add(line, 'undelivered', -1);
    add(line, 'delivered', 1);
  }
}

function settle(line: LedgerLine, isDelivered: boolean): void {
  add(line, isDelivered ? 'delivered' : 'undelivered', 1);
}

function add({ totals, account }: LedgerLine, name: keyof LineCounts, amount: number): void {
  totals[name] += amount;
  account[name] += amount;
}
