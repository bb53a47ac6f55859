import { isStreamed, type Outcome, type Reply } from '../scenarios/outcome.ts';
import { type Accountable, createAccounting } from './accounting.ts';
import { createBodyArena } from './body-arena.ts';
import type { Call } from './call.ts';
import type { Endpoint } from './endpoint.ts';
import { type Ended, type ExchangeRecord, HELD_FACTOR, keepExchange } from './exchange-record.ts';
import type { Answered } from './function/function.ts';
import { INTERNAL_SERVER_ERROR } from './function/replies.ts';
import type { Idempotency } from './idempotency.ts';
import {
  type Intercept,
  type Intercepted,
  type InterceptParts,
  runIntercepted,
  type Told,
} from './intercept.ts';
import type { ExchangeSummary, Journal, JournalWriter } from './journal.ts';
import type { LedgerWriter } from './ledger.ts';
import { recordStream } from './record-stream.ts';
import { recordWire } from './record-wire.ts';
import { type Doing, type Work, workingStream, workingWire } from './work.ts';

/** What an exchange passes through, from the call to its record. */
export interface ExchangeParts extends InterceptParts {
  /** The one that answers now; an exchange ends with the one that it began with. */
  readonly endpoint: () => Endpoint;
  readonly journal: Journal & JournalWriter<ExchangeRecord>;
  readonly ledger: LedgerWriter;
  /** Who has which Idempotency-Key; null where keys mean nothing. */
  readonly idempotency: Idempotency | null;
  readonly bodyMaxBytes: number;
  /** What stands before the endpoint for a call; null where nothing does, which costs nothing. */
  readonly intercept: (call: Call) => Intercept | null;
  /** Who works, for a virtual time to wait for; null in real time. */
  readonly work: Work | null;
  readonly onExchange: ((exchange: ExchangeSummary) => void) | undefined;
}

/** Runs exchanges: numbers them, has them answered, and writes them down when they have ended. */
export interface Exchanges {
  handle(call: Call): Outcome | Promise<Outcome>;
  /** Writes down a call that a door had to answer itself, such as one with too large a body. */
  refuse(call: Call, reply: Reply): Outcome;
  reset(): void;
}

/** How much of what is sent in pieces is kept for its diagnosis, which needs the whole of it. */
const SENT_MAX_LENGTH = 1024 * 1024;

const ABANDONED: Outcome = { kind: 'abandoned' };
const BROKEN: Outcome = { kind: 'reply', reply: INTERNAL_SERVER_ERROR };
/** To a client that still waited for its answer when the emulator started over. */
const RELEASED: Outcome = {
  kind: 'wire',
  wire: { steps: [], end: 'close' },
  reply: null,
};

/** What led to an outcome. */
type Run = Pick<Ended, 'answered'> & Partial<Pick<Intercepted, 'end'>>;

/** What is known of an exchange beside its call, when it ends. */
type Ending = Pick<Ended, 'answered' | 'outcome'> &
  Partial<Pick<Ended, 'streamed' | 'sent'>> & {
    /** Whether it never came to the endpoint. */
    readonly isRefused?: boolean;
  };

const NOTHING_TOLD: Readonly<Told> = { fault: null, met: null };

/** An exchange that has its number. */
interface Started extends Accountable {
  readonly startedMs: number;
  /** How many resets there were; an exchange of before a reset leaves no trace after it. */
  readonly epoch: number;
  readonly told: Readonly<Told>;
  readonly doing: Doing | null;
}

/** Puts the parts in a row; ordinals count from 1. */
export function createExchanges(parts: ExchangeParts): Exchanges {
  const { clock, journal, bodyMaxBytes } = parts;
  const arena = createBodyArena(journal.entriesMax, bodyMaxBytes * HELD_FACTOR);
  const accounting = createAccounting(parts.ledger);
  let lastOrdinal = 0;
  let epoch = 0;

  const start = (call: Call): Started => {
    lastOrdinal += 1;
    parts.idempotency?.arrive(call);
    return {
      ordinal: lastOrdinal,
      startedMs: clock.now(),
      call,
      endpoint: parts.endpoint(),
      epoch,
      line: null,
      generation: parts.ledger.generation,
      told: NOTHING_TOLD,
      doing: parts.work?.begin() ?? null,
    };
  };

  const end = (started: Started, ending: Ending): Outcome => {
    const { ordinal, startedMs, call, endpoint, told } = started;
    const { answered, outcome, streamed = null, sent = null, isRefused = false } = ending;
    started.doing?.end();
    parts.idempotency?.leave(call);
    if (started.epoch !== epoch) return outcome;
    if (!isRefused) accounting.onEnded(started, { call, outcome, sent });
    const kept = keepExchange({
      ordinal,
      startedMs,
      endedMs: clock.now(),
      call,
      answered,
      outcome,
      streamed,
      sent,
      told,
      postedPrompt: endpoint.postedPrompt(call, answered),
      answerKey: endpoint.answerKey,
      bodyMaxBytes,
      arena,
      place: journal.total,
    });
    journal.append(kept);
    parts.onExchange?.(kept);
    return outcome;
  };

  /** Writes an exchange down when its outcome has been performed. */
  const finish = (started: Started, outcome: Outcome, run: Run): Outcome => {
    const { answered } = run;
    const { doing } = started;
    if (outcome.kind === 'wire') {
      const performed = doing === null ? outcome.wire : workingWire(outcome.wire, doing);
      const wire = recordWire(performed, SENT_MAX_LENGTH, (sent) => {
        run.end?.();
        end(started, { answered, outcome, sent });
      });
      return { ...outcome, wire };
    }
    if (outcome.kind === 'abandoned' || !isStreamed(outcome.reply.body)) {
      run.end?.();
      return end(started, { answered, outcome });
    }
    // A stream is over when its last byte was taken, and that is when it is written down.
    const { reply } = outcome;
    const source = doing === null ? outcome.reply.body : workingStream(outcome.reply.body, doing);
    const body = recordStream(source, SENT_MAX_LENGTH, ({ isWhole, ...streamed }) => {
      run.end?.();
      end(started, { answered, outcome: isWhole ? outcome : ABANDONED, streamed });
    });
    return { kind: 'reply', reply: { ...reply, body } };
  };
  const finishAnswered = (started: Started, answered: Answered, isLeft = false): Outcome => {
    const isSent = !isLeft && !isStreamed(answered.reply.body);
    if (isSent) accounting.onDelivered(started, answered);
    else accounting.onAnswered(started, answered);
    const outcome: Outcome = isLeft ? ABANDONED : { kind: 'reply', reply: answered.reply };
    return finish(started, outcome, { answered });
  };

  /** An error of the emulator's own: the door answers it with a 500, and the journal says so. */
  const broken = (started: Started, error: unknown): never => {
    end(started, { answered: null, outcome: BROKEN });
    throw error;
  };
  const answerTo = (started: Started) => {
    try {
      return started.endpoint.respond(started.call);
    } catch (error) {
      return broken(started, error);
    }
  };

  /** The long way, on which somebody stands between the client and the endpoint. */
  const handleIntercepted = async (arrived: Started, intercept: Intercept): Promise<Outcome> => {
    const told: Told = { ...NOTHING_TOLD };
    const started = { ...arrived, told };
    try {
      const { ordinal, call, endpoint } = started;
      const onAnswered = (answered: Answered) => accounting.onAnswered(started, answered);
      const interception = { ordinal, call, endpoint, told, onAnswered };
      const { outcome, ...run } = await runIntercepted(intercept, interception, parts);
      if (started.epoch !== epoch) {
        started.doing?.end();
        run.end();
        return RELEASED;
      }
      return finish(started, outcome ?? ABANDONED, run);
    } catch (error) {
      return broken(started, error);
    }
  };

  return {
    handle(call) {
      const started = start(call);
      const intercept = parts.intercept(call);
      if (intercept !== null) return handleIntercepted(started, intercept);
      const answered = answerTo(started);
      if (!(answered instanceof Promise)) return finishAnswered(started, answered);
      const signal = call.signal();
      return answered.then(
        (late) => finishAnswered(started, late, signal.aborted),
        (error: unknown) => broken(started, error),
      );
    },
    refuse: (call, reply) =>
      end(start(call), { answered: null, outcome: { kind: 'reply', reply }, isRefused: true }),
    reset() {
      epoch += 1;
      lastOrdinal = 0;
      parts.resets.tell();
    },
  };
}
