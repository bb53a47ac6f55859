import type { Clock } from '../scenarios/clock.ts';
import { isStreamed, type Outcome, type Reply } from '../scenarios/outcome.ts';
import { createBodyArena } from './body-arena.ts';
import type { Call } from './call.ts';
import type { Endpoint } from './endpoint.ts';
import { type Ended, type ExchangeRecord, HELD_FACTOR, keepExchange } from './exchange-record.ts';
import type { Answered } from './function/function.ts';
import { INTERNAL_SERVER_ERROR } from './function/replies.ts';
import type { ExchangeSummary, Journal, JournalWriter } from './journal.ts';
import { recordStream } from './record-stream.ts';

/** What an exchange passes through, from the call to its record. */
export interface ExchangeParts {
  /** The one that answers now; an exchange ends with the one that it began with. */
  readonly endpoint: () => Endpoint;
  readonly clock: Clock;
  readonly journal: Journal & JournalWriter<ExchangeRecord>;
  readonly bodyMaxBytes: number;
  readonly onExchange: ((exchange: ExchangeSummary) => void) | undefined;
}

/** Runs exchanges: numbers them, has them answered, and writes them down when they have ended. */
export interface Exchanges {
  handle(call: Call): Outcome | Promise<Outcome>;
  /** Writes down a call that a door had to answer itself, such as one with too large a body. */
  refuse(call: Call, reply: Reply): Outcome;
  reset(): void;
}

/** How much of a stream is kept for its diagnosis, which needs the whole of a JSON answer. */
const STREAM_MAX_LENGTH = 1024 * 1024;

const ABANDONED: Outcome = { kind: 'abandoned' };
const BROKEN: Outcome = { kind: 'reply', reply: INTERNAL_SERVER_ERROR };

/** An exchange that has its number. */
interface Started {
  readonly ordinal: number;
  readonly startedMs: number;
  readonly call: Call;
  readonly endpoint: Endpoint;
  /** How many resets there were; an exchange of before a reset leaves no trace after it. */
  readonly epoch: number;
}

/** Puts the parts in a row; ordinals count from 1. */
export function createExchanges(parts: ExchangeParts): Exchanges {
  const { clock, journal, bodyMaxBytes } = parts;
  const arena = createBodyArena(journal.entriesMax, bodyMaxBytes * HELD_FACTOR);
  let lastOrdinal = 0;
  let epoch = 0;

  const start = (call: Call): Started => {
    lastOrdinal += 1;
    return {
      ordinal: lastOrdinal,
      startedMs: clock.now(),
      call,
      endpoint: parts.endpoint(),
      epoch,
    };
  };

  const end = (
    { ordinal, startedMs, call, endpoint, epoch: startedIn }: Started,
    ending: Pick<Ended, 'answered' | 'outcome' | 'streamed'>,
  ): Outcome => {
    if (startedIn !== epoch) return ending.outcome;
    const kept = keepExchange({
      ordinal,
      startedMs,
      endedMs: clock.now(),
      call,
      answered: ending.answered,
      outcome: ending.outcome,
      streamed: ending.streamed,
      postedPrompt: endpoint.postedPrompt(call, ending.answered),
      answerKey: endpoint.answerKey,
      bodyMaxBytes,
      arena,
      place: journal.total,
    });
    journal.append(kept);
    parts.onExchange?.(kept);
    return ending.outcome;
  };

  const finish = (started: Started, answered: Answered): Outcome => {
    const { reply } = answered;
    const outcome: Outcome = { kind: 'reply', reply };
    if (!isStreamed(reply.body)) return end(started, { answered, outcome, streamed: null });
    // A stream is over when its last byte was taken, and that is when it is written down.
    const body = recordStream(reply.body, STREAM_MAX_LENGTH, ({ isWhole, ...streamed }) => {
      end(started, { answered, outcome: isWhole ? outcome : ABANDONED, streamed });
    });
    return { kind: 'reply', reply: { ...reply, body } };
  };

  /** An error of the emulator's own: the door answers it with a 500, and the journal says so. */
  const broken = (started: Started, error: unknown): never => {
    end(started, { answered: null, outcome: BROKEN, streamed: null });
    throw error;
  };
  const answerTo = (started: Started) => {
    try {
      return started.endpoint.respond(started.call);
    } catch (error) {
      return broken(started, error);
    }
  };

  return {
    handle(call) {
      const started = start(call);
      const answered = answerTo(started);
      if (!(answered instanceof Promise)) return finish(started, answered);
      const signal = call.signal();
      return answered.then(
        (late) =>
          signal.aborted
            ? end(started, { answered: late, outcome: ABANDONED, streamed: null })
            : finish(started, late),
        (error: unknown) => broken(started, error),
      );
    },
    refuse: (call, reply) =>
      end(start(call), { answered: null, outcome: { kind: 'reply', reply }, streamed: null }),
    reset() {
      epoch += 1;
      lastOrdinal = 0;
    },
  };
}
