import { createMemory } from '../scenarios/memory.ts';
import { isStreamed, type Reply } from '../scenarios/outcome.ts';
import type { Call } from './call.ts';
import type { Endpoint } from './endpoint.ts';
import type { Answered } from './function/function.ts';
import { detailReply } from './function/replies.ts';
import type { IdempotencyMode } from './idempotency-mode.ts';
import { repeatable } from './repeatable.ts';
import { contentOf, idempotencyKeyOf, shorten } from './request-identity.ts';
import { clipText } from './text.ts';

/** Keeps answers by their key. */
export interface Idempotency {
  /** The same endpoint, which answers a key that it knows as it did before. */
  wrap(endpoint: Endpoint): Endpoint;
  /** A call has come, and has its key until it ends. */
  arrive(call: Call): void;
  leave(call: Call): void;
}

/** Answers that are kept, by key; one under way is a promise. */
interface Kept {
  readonly content: string;
  readonly answered: Answered | Promise<Answered>;
}

const LIMITS = { entriesMax: 1000, lengthMax: 16 * 1024 * 1024 };

/** What a stream counts for; its pieces are known only when it is through. */
const STREAM_LENGTH = 16 * 1024;

/** Creates what a mode needs; null for the one that needs nothing. */
export function createIdempotency(mode: IdempotencyMode): Idempotency | null {
  if (mode === 'ignore') return null;
  /** Who has which key now; a second one with a key of the first is late. */
  const holders = new Map<string, Call>();
  const late = new WeakSet<Call>();
  return {
    wrap(endpoint) {
      const answers = createKeptAnswers(endpoint, mode);
      return {
        ...endpoint,
        respond(call) {
          const key = idempotencyKeyOf(call);
          if (key === null) return endpoint.respond(call);
          if (late.has(call)) return conflict(key, 'a request with it is still under way');
          return answers.respond(call, key);
        },
        reset() {
          holders.clear();
          answers.clear();
          endpoint.reset();
        },
      };
    },
    arrive(call) {
      const key = mode === 'conflict' ? idempotencyKeyOf(call) : null;
      if (key === null) return;
      if (holders.has(shorten(key))) late.add(call);
      else holders.set(shorten(key), call);
    },
    leave(call) {
      const key = idempotencyKeyOf(call);
      if (key !== null && holders.get(shorten(key)) === call) holders.delete(shorten(key));
    },
  };
}

function createKeptAnswers(endpoint: Endpoint, mode: IdempotencyMode) {
  let kept = createMemory<Kept>(LIMITS);

  const run = (call: Call, id: string, content: string) => {
    const answers = kept;
    const keep = (answered: Answered): Answered => {
      // What failed costs nothing, and may be tried again.
      if (answered.reply.status !== 200) {
        answers.delete(id);
        return answered;
      }
      const repeated = { ...answered, reply: repeatableReply(answered.reply) };
      answers.set(id, { content, answered: repeated }, id.length + lengthOf(answered.reply));
      return repeated;
    };
    const answered = endpoint.respond(call);
    if (!(answered instanceof Promise)) return keep(answered);
    const late = answered.then(keep, (error: unknown) => {
      answers.delete(id);
      throw error;
    });
    answers.set(id, { content, answered: late }, id.length);
    return late;
  };

  return {
    clear() {
      kept = createMemory<Kept>(LIMITS);
    },
    respond(call: Call, key: string): Answered | Promise<Answered> {
      const content = contentOf(call);
      const id = mode === 'honour' ? JSON.stringify([shorten(key), content]) : shorten(key);
      const known = kept.get(id);
      if (known === undefined) return run(call, id, content);
      if (known.content !== content) return conflict(key, 'it was used for another request');
      if (!(known.answered instanceof Promise)) return replay(known.answered);
      return known.answered.then((answered) =>
        // The first one failed, so this one has its own try.
        answered.reply.status === 200 ? replay(answered) : run(call, id, content),
      );
    },
  };
}

function replay(answered: Answered): Answered {
  const { reply } = answered;
  const headers = [...reply.headers, ['idempotent-replayed', 'true'] as const];
  return { ...answered, reply: { ...reply, headers }, idempotency: 'replayed' };
}

function conflict(key: string, reason: string): Answered {
  const detail = `The Idempotency-Key "${clipText(key, 200)}" cannot be used: ${reason}.`;
  const unasked = { prompt: null, text: null, isPromptOnly: false };
  return { reply: detailReply(409, detail), ...unasked, idempotency: 'conflict' };
}

function repeatableReply(reply: Reply): Reply {
  return isStreamed(reply.body) ? { ...reply, body: repeatable(reply.body) } : reply;
}

function lengthOf({ body }: Reply): number {
  return isStreamed(body) ? STREAM_LENGTH : body.length;
}
