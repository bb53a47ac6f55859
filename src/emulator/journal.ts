import type { WireEnd } from '../scenarios/outcome.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';

/** A body as the journal keeps it: text, clipped, secrets masked. */
export interface JournalBody {
  /** UTF-8 text; bytes that are not UTF-8 read as U+FFFD. */
  readonly text: string;
  /** Size of the whole body in bytes. */
  readonly bytes: number;
  /** True when `text` is only the beginning. */
  readonly clipped: boolean;
}

/** What happened on a connection in place of a proper answer. */
export interface WireSummary {
  /** The fault that decided it; null where nobody said. */
  readonly fault: string | null;
  /** What became of the connection after the last byte. */
  readonly end: WireEnd;
  /** False when the client left before all was sent. */
  readonly isWhole: boolean;
  /** All bytes that were sent, the head of an answer included. */
  readonly bytesSent: number;
}

/** One request with its outcome. */
export interface Exchange {
  /** Counts from 1 and never repeats while the emulator lives; `reset` starts it again. */
  readonly ordinal: number;
  /** ISO 8601, by the emulator's clock. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly request: {
    readonly method: string;
    readonly target: string;
    /** As received, in order; secrets masked. */
    readonly headers: readonly (readonly [name: string, value: string])[];
    readonly body: JournalBody;
    /** The validated prompt; null when the request was refused. */
    readonly prompt: string | null;
  };
  readonly outcome:
    | {
        readonly kind: 'reply';
        readonly status: number;
        readonly headers: readonly (readonly [name: string, value: string])[];
        readonly body: JournalBody;
      }
    | ({
        readonly kind: 'wire';
        /** Null when what was sent has no whole head of an answer. */
        readonly status: number | null;
        readonly headers: readonly (readonly [name: string, value: string])[];
        /** What was sent behind the head, without frames; without a head, all of it. */
        readonly body: JournalBody;
      } & WireSummary)
    | { readonly kind: 'abandoned' };
  /** The scenario that the request met; null for none. `why` tells what it decided. */
  readonly scenario: string | null;
  /** What went wrong by order of it, as in `latency + reset`; null for nothing. */
  readonly fault: string | null;
  /**
   * Null for requests that LangChain's class never sends, of other methods than POST, and for
   * streams too long to be kept.
   */
  readonly diagnosis: Diagnosis | null;
}

/** What a listener is told of an exchange at once; the journal has the whole of it. */
export interface ExchangeSummary {
  readonly ordinal: number;
  /** Milliseconds since the Unix epoch, by the emulator's clock. */
  readonly startedMs: number;
  readonly endedMs: number;
  readonly method: string;
  /** Secrets masked. */
  readonly target: string;
  readonly requestBytes: number;
  /** Null when the client left before there was an answer, or got no head of one. */
  readonly status: number | null;
  readonly responseBytes: number;
  /** Null where the outcome is a reply, or the client left. */
  readonly wire: WireSummary | null;
  /** The scenario that the request met; null for none. */
  readonly scenario: string | null;
  /** What went wrong by order of it; null for nothing. */
  readonly fault: string | null;
  readonly diagnosis: Diagnosis | null;
}

/** The bounded record of exchanges: the oldest go first, the counters stay exact. */
export interface Journal {
  readonly entriesMax: number;
  /** How many exchanges there were since the last clear, evicted ones included. */
  readonly total: number;
  /** How many of them are no longer kept. */
  readonly evicted: number;
  /** Kept exchanges, oldest first. */
  list(): readonly Exchange[];
  get(ordinal: number): Exchange | undefined;
  clear(): void;
  /** Calls back after every append until the returned function is called. */
  subscribe(listener: (exchange: Exchange) => void): () => void;
}

/** The journal's other side, for whoever writes it. */
export interface JournalWriter<Kept> {
  append(kept: Kept): void;
  /** An exchange in the form in which it is kept. */
  find(ordinal: number): Kept | undefined;
}

/**
 * Creates an empty journal that keeps the last `entriesMax` exchanges, in whatever form is cheap;
 * `render` makes one readable.
 */
export function createJournal<Kept extends { readonly ordinal: number }>(
  entriesMax: number,
  render: (kept: Kept) => Exchange,
): Journal & JournalWriter<Kept> {
  // A ring: appending to a full journal overwrites one slot and moves nothing.
  let slots: Kept[] = [];
  let oldest = 0;
  let total = 0;
  const listeners = new Set<(exchange: Exchange) => void>();
  const find = (ordinal: number) => slots.find((known) => known.ordinal === ordinal);

  return {
    entriesMax,
    get total() {
      return total;
    },
    get evicted() {
      return total - slots.length;
    },
    append(kept) {
      total += 1;
      if (slots.length < entriesMax) slots.push(kept);
      else if (entriesMax > 0) {
        slots[oldest] = kept;
        oldest = (oldest + 1) % entriesMax;
      }
      if (listeners.size === 0) return;
      const exchange = render(kept);
      for (const listener of listeners) listener(exchange);
    },
    list: () => [...slots.slice(oldest), ...slots.slice(0, oldest)].map(render),
    get(ordinal) {
      const kept = find(ordinal);
      return kept === undefined ? undefined : render(kept);
    },
    find,
    clear() {
      slots = [];
      oldest = 0;
      total = 0;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
