import type { Clock } from '../scenarios/clock.ts';
import { isStreamed, type Outcome } from '../scenarios/outcome.ts';
import type { Call } from './call.ts';
import { type ExchangeRecord, keepExchange } from './exchange-record.ts';
import type { Answered } from './function/function.ts';
import type { JournalWriter } from './journal.ts';
import { recordStream } from './record-stream.ts';

/** What an exchange passes through, from the call to its record. */
export interface ExchangeParts {
  readonly respond: (call: Call) => Answered | Promise<Answered>;
  readonly clock: Clock;
  readonly journal: JournalWriter<ExchangeRecord>;
  readonly answerKey: string | null;
  /** What the client sent under `prompt`. */
  readonly postedPrompt: (call: Call, answered: Answered | null) => string | null;
  readonly bodyMaxBytes: number;
  readonly onRecord: ((record: ExchangeRecord) => void) | null;
}

/** Runs exchanges: numbers them, has them answered, and writes them down when they have ended. */
export interface Exchanges {
  handle(call: Call): Outcome | Promise<Outcome>;
  reset(): void;
}

/** How much of a stream is kept for its diagnosis, which needs the whole of a JSON answer. */
const STREAM_MAX_LENGTH = 1024 * 1024;

const ABANDONED: Outcome = { kind: 'abandoned' };

export function createExchanges(parts: ExchangeParts): Exchanges {
  const { respond, clock, journal } = parts;
  let lastOrdinal = 0;

  const handle = (call: Call): Outcome | Promise<Outcome> => {
    const startedMs = clock.now();
    lastOrdinal += 1;
    const ordinal = lastOrdinal;

    const record = (answered: Answered | null, outcome: Outcome, streamed: string | null) => {
      const { answerKey, bodyMaxBytes } = parts;
      const endedMs = clock.now();
      const postedPrompt = parts.postedPrompt(call, answered);
      const known = { ordinal, startedMs, endedMs, call, answered, outcome, streamed };
      const kept = keepExchange({ ...known, postedPrompt, answerKey, bodyMaxBytes });
      journal.append(kept);
      parts.onRecord?.(kept);
    };

    const finish = (answered: Answered): Outcome => {
      const { reply } = answered;
      const outcome: Outcome = { kind: 'reply', reply };
      if (!isStreamed(reply.body)) {
        record(answered, outcome, null);
        return outcome;
      }
      // A stream is over when its last byte was taken, and that is when it is written down.
      const body = recordStream(reply.body, STREAM_MAX_LENGTH, ({ text, isWhole }) =>
        record(answered, isWhole ? outcome : ABANDONED, text),
      );
      return { kind: 'reply', reply: { ...reply, body } };
    };

    const answered = respond(call);
    if (!(answered instanceof Promise)) return finish(answered);
    const signal = call.signal();
    return answered.then((late) => {
      if (!signal.aborted) return finish(late);
      record(late, ABANDONED, null);
      return ABANDONED;
    });
  };

  return {
    handle,
    reset() {
      lastOrdinal = 0;
    },
  };
}
