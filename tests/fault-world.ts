import { createVirtualClock, type VirtualClock } from '../src/scenarios/clock.ts';
import type { FaultedExchange } from '../src/scenarios/effect.ts';
import type { Fault } from '../src/scenarios/fault.ts';
import type { Outcome, Reply, WireEnd } from '../src/scenarios/outcome.ts';
import { createRandom } from '../src/scenarios/random.ts';

/** The text of what the function would have answered: 27 bytes. */
export const TEXT = '{"prompt":"Grüße, world"}';

/** What the function would have answered. */
export const PLAIN: Reply = {
  status: 200,
  headers: [['content-type', 'application/json']],
  body: TEXT,
};

/** A stream, and whether somebody has ended or left it. */
export function streamed(pieces: readonly string[], type = 'text/event-stream') {
  const seen = { isOver: false, taken: 0 };
  async function* body() {
    try {
      for (const piece of pieces) {
        seen.taken += 1;
        yield piece;
      }
    } finally {
      seen.isOver = true;
    }
  }
  const reply: Reply = { status: 200, headers: [['content-type', type]], body: body() };
  return { reply, seen };
}

/** A request as a fault meets it, at the beginning of a virtual time. */
export function arrive(
  changes: Partial<FaultedExchange> & { readonly seed?: string } = {},
): FaultedExchange & { readonly clock: VirtualClock } {
  const { seed = 'fault-world', ...rest } = changes;
  return {
    method: 'POST',
    target: '/',
    header: () => null,
    body: new TextEncoder().encode('{"prompt":"Grüße"}'),
    prompt: 'Grüße',
    answerKey: 'prompt',
    random: createRandom(seed),
    point: { requests: 0, elapsedMs: 0 },
    signal: new AbortController().signal,
    ...rest,
    clock: createVirtualClock(),
  };
}

/** How something went over the wire. */
export interface Played {
  readonly head: string;
  /** What was sent behind the head, and when. */
  readonly sent: readonly (readonly [atMs: number, text: string])[];
  /** All of it, framing and all, as UTF-8. */
  readonly body: string;
  readonly bytes: Buffer;
  readonly end: WireEnd;
  readonly endMs: number;
  readonly wasAsked: boolean;
}

/** Lets a fault meet a reply, and plays the wire that comes of it in virtual time. */
export async function play(
  fault: Fault,
  written: Readonly<Record<string, unknown>>,
  {
    reply = PLAIN,
    exchange = arrive(),
  }: { reply?: Reply; exchange?: ReturnType<typeof arrive> } = {},
): Promise<Played> {
  let wasAsked = false;
  const effect = fault.effect(fault.options.parse(written));
  const outcome = await effect(exchange, async () => {
    wasAsked = true;
    return { kind: 'reply', reply };
  });
  return { ...(await playWire(outcome, exchange.clock)), wasAsked };
}

/** Lets virtual time pass, an hour at a time, until something is done. */
export async function settle<Result>(clock: VirtualClock, work: Promise<Result>): Promise<Result> {
  let isDone = false;
  const done = work.then(
    () => {
      isDone = true;
    },
    () => {
      isDone = true;
    },
  );
  while (!isDone) {
    await Promise.race([done, clock.whenSleeping()]);
    if (!isDone) await clock.advance(3_600_000);
  }
  return work;
}

/** Plays a wire in virtual time. */
export async function playWire(
  outcome: Outcome,
  clock: VirtualClock,
): Promise<Omit<Played, 'wasAsked'>> {
  if (outcome.kind !== 'wire') throw new Error(`is no wire but ${outcome.kind}`);
  const timed: (readonly [number, Buffer])[] = [];
  for await (const step of outcome.wire.steps) {
    if (step.kind === 'wait') await clock.advance(step.durationMs);
    else timed.push([clock.now(), Buffer.from(step.bytes)]);
  }
  const bytes = Buffer.concat(timed.map(([, sent]) => sent));
  const headEnd = bytes.indexOf('\r\n\r\n');
  const headBytes = headEnd < 0 ? bytes.length : headEnd + 4;
  let offset = 0;
  const sent = timed.flatMap(([atMs, piece]): (readonly [number, string])[] => {
    const rest = piece.subarray(Math.max(0, headBytes - offset));
    offset += piece.length;
    return rest.length > 0 ? [[atMs, rest.toString('latin1')]] : [];
  });
  return {
    head: bytes.subarray(0, headBytes).toString('latin1'),
    sent,
    body: bytes.subarray(headBytes).toString(),
    bytes,
    end: outcome.wire.end,
    endMs: clock.now(),
  };
}
