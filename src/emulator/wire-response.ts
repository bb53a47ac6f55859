import type { Clock } from '../scenarios/clock.ts';
import type { Wire } from '../scenarios/outcome.ts';
import { createBodyBuffer } from './body-buffer.ts';
import {
  bodyTerminated,
  closedCause,
  type FetchCause,
  fetchFailed,
  resetCause,
  unreadableCause,
} from './fetch-errors.ts';
import { type AnswerReader, createAnswerReader } from './http1/answer-reader.ts';
import type { AnswerHead } from './http1/read-head.ts';
import type { Listeners } from './listeners.ts';

/** What a wire is performed with, in process. */
export interface WireParts {
  readonly request: Pick<Request, 'method' | 'signal'>;
  readonly clock: Clock;
  /** Told when the emulator starts over, which breaks every wire off. */
  readonly resets: Listeners;
}

/**
 * Performs a wire in process: what undici's `fetch` would make of these bytes. A wire that hangs
 * leaves the promise, or the body, as it is until the request is aborted or the emulator starts over.
 * @throws TypeError as `fetch` does, or the reason of the request's signal
 */
export function wireResponse(wire: Wire, parts: WireParts): Promise<Response> {
  const { method, signal } = parts.request;
  return new Promise((resolve, reject) => {
    const leaving = new AbortController();
    let isHeadThrough = false;
    /** Nothing more will happen; called before the client can see that. */
    const over = () => {
      if (leaving.signal.aborted) return false;
      leaving.abort();
      signal.removeEventListener('abort', onAbort);
      forgetReset();
      wire.onOver?.();
      return true;
    };
    const body = createBodyBuffer(over);
    const breakOff = (error: unknown) => {
      if (!over()) return;
      if (isHeadThrough) body.fail(error);
      else reject(error);
    };
    const fail = (cause: FetchCause) =>
      breakOff(isHeadThrough ? bodyTerminated(cause) : fetchFailed(cause));
    const onAbort = () => breakOff(signal.reason);
    const forgetReset = parts.resets.add(() => fail(closedCause()));
    const reader = createAnswerReader(method, {
      onHead(head) {
        isHeadThrough = true;
        const isBodiless = method === 'HEAD' || NULL_BODY_STATUSES.has(head.status);
        resolve(createResponse(head, isBodiless ? null : body.stream));
      },
      onData: body.push,
    });
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort);
    const room = () => body.room();
    void performSteps(wire, { reader, room, clock: parts.clock, signal: leaving.signal }).then(
      (cause) => {
        if (cause === 'hang') return;
        if (cause !== null) fail(cause);
        else if (over()) body.close();
      },
    );
  });
}

interface StepParts {
  readonly reader: AnswerReader;
  readonly room: () => Promise<void> | null;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** How it ended for the client: well (null), with an error, or not at all. */
type Ending = FetchCause | 'hang' | null;

/** What a server has sent before it hears that its client left. */
const UNHEARD_MAX_BYTES = 64 * 1024;

async function performSteps(
  wire: Wire,
  { reader, room, clock, signal }: StepParts,
): Promise<Ending> {
  let failure: FetchCause | null = null;
  let unheardBytes = 0;
  try {
    for await (const step of wire.steps) {
      if (signal.aborted) return null;
      const isThrough = failure !== null || reader.isDone;
      if (step.kind === 'wait') {
        // Who has the whole answer, or no use for it, does not wait for more.
        if (isThrough) return failure;
        await clock.sleep(step.durationMs, signal);
      } else if (isThrough) {
        unheardBytes += step.bytes.length;
        if (unheardBytes > UNHEARD_MAX_BYTES) return failure;
      } else {
        failure = feed(reader, step.bytes);
        await room();
      }
    }
  } catch {
    if (signal.aborted) return null;
    // What was to be sent could not be made: the connection breaks off.
    return failure ?? endingOf(reader, 'close');
  }
  return failure ?? endingOf(reader, wire.end);
}

function feed(reader: AnswerReader, bytes: Uint8Array): FetchCause | null {
  try {
    reader.feed(bytes);
    return null;
  } catch (error) {
    const cause = unreadableCause(error);
    if (cause === null) throw error;
    return cause;
  }
}

function endingOf(reader: AnswerReader, end: Wire['end']): Ending {
  if (reader.isDone) return null;
  if (end === 'hang') return 'hang';
  try {
    if (reader.end()) return null;
  } catch (error) {
    return unreadableCause(error) ?? closedCause();
  }
  return end === 'reset' ? resetCause() : closedCause();
}

/** Statuses that a Response must not have a body for. */
const NULL_BODY_STATUSES = new Set([101, 103, 204, 205, 304]);

/** What a `Response` takes for a reason, and for a status. */
const REASON = /^[\t\x20-\x7e\x80-\xff]*$/;
const STATUS_MAX = 599;

function createResponse(head: AnswerHead, body: ReadableStream<Uint8Array> | null): Response {
  const { status, reason } = head;
  const headers = new Headers();
  for (const [name, value] of head.headers) headers.append(name, value);
  const isPlain = status <= STATUS_MAX && REASON.test(reason);
  const init = isPlain ? { status, statusText: reason, headers } : { headers };
  const response = new Response(body, init);
  if (isPlain) return response;
  // Over the wire there is more than what a program may make.
  return Object.defineProperties(response, {
    status: { value: status },
    statusText: { value: reason },
    ok: { value: status >= 200 && status < 300 },
  });
}
