import type { Effect, FaultedExchange } from '../effect.ts';
import type { Outcome, Wire, WireStep } from '../outcome.ts';
import { editHead, keepAlive } from './head.ts';
import { framedBefore, type Parts } from './parts.ts';
import { partsOfReply } from './parts-of-reply.ts';
import { partsOfWire } from './parts-of-wire.ts';

/** An outcome that has bytes. */
export type Answered = Exclude<Outcome, { kind: 'abandoned' }>;

/** How an answer is changed on its way. */
export interface Edit {
  /**
   * Whether the client gets to see the answer's end. Only what is whole says `Connection: close`:
   * some clients take what breaks off behind that header for whole.
   */
  readonly isWhole: boolean;
  edit(whole: Parts, context: EditContext): Partial<Parts>;
}

/** What an edit may look at. */
export interface EditContext {
  readonly outcome: Answered;
  readonly exchange: FaultedExchange;
}

/** The effect that lets the answer come, and changes it on its way to the client. */
export function editOutcome({ isWhole, edit }: Edit): Effect {
  return async (exchange, next) => {
    const outcome = await next();
    if (outcome.kind === 'abandoned') return outcome;
    const whole = takeApart({ outcome, exchange }, isWhole);
    return putTogether({ ...whole, ...edit(whole, { outcome, exchange }) }, outcome.reply);
  };
}

/** What wires were made of, so that a fault outside of another one does not meet framed bytes. */
const partsByWire = new WeakMap<Wire, Parts>();

/** Takes an outcome apart; a wire that others made keeps its bytes, framing and all. */
export function takeApart({ outcome, exchange }: EditContext, isWhole: boolean): Parts {
  if (outcome.kind === 'reply') {
    const { method, clock } = exchange;
    const connection = isWhole ? 'close' : 'keep-alive';
    return partsOfReply(outcome.reply, { method, nowMs: clock.now(), connection });
  }
  const { wire } = outcome;
  const known = partsByWire.get(wire);
  const whole = known ?? { parts: partsOfWire(wire), frame: framedBefore, end: wire.end };
  return isWhole ? whole : { ...whole, parts: editHead(whole.parts, keepAlive) };
}

/** Puts what was edited together again. */
export function putTogether(edited: Parts, reply: Answered['reply']): Outcome {
  const wire: Wire = { steps: stepsOf(edited), end: edited.end };
  partsByWire.set(wire, edited);
  return { kind: 'wire', wire, reply };
}

async function* stepsOf({ parts, frame }: Parts): AsyncGenerator<WireStep> {
  for await (const part of parts) {
    if (part.kind === 'wait') {
      if (part.durationMs > 0) yield part;
    } else if (part.bytes.length > 0) {
      yield { kind: 'send', bytes: part.kind === 'body' ? frame(part.bytes) : part.bytes };
    }
  }
}
