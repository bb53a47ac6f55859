import type { ArrivingExchange } from './asked.ts';
import type { StepNote } from './decision.ts';
import type { Effect, FaultedExchange, Next } from './effect.ts';
import type { LatencyPoint } from './latency/latency-model.ts';
import type { Outcome } from './outcome.ts';
import type { Random } from './random.ts';

/** What comes behind all faults. */
export type Core = () => Outcome | Promise<Outcome>;

/** A step that struck, or that watches what passes, around what comes after it. */
export interface Layer {
  readonly effects: readonly Effect[];
  readonly note: StepNote & { isReached: boolean; readonly remarks: string[] };
  readonly random: Random;
  readonly point: LatencyPoint;
}

/** Lets effects happen around the core, the first layer outermost. */
export async function passLayers(
  exchange: ArrivingExchange,
  layers: readonly Layer[],
  core: Core,
): Promise<Outcome> {
  const first = layers.reduceRight<Next>(
    (next, layer) => () => {
      layer.note.isReached = true;
      return passEffects(exchange, layer, next);
    },
    async () => core(),
  );
  try {
    return await first();
  } catch (error) {
    // A wait that the client's leaving has ended.
    if (exchange.signal.aborted) return { kind: 'abandoned' };
    throw error;
  }
}

function passEffects(exchange: ArrivingExchange, layer: Layer, next: Next): Promise<Outcome> {
  const first = layer.effects.reduceRight<Next>((inner, effect, index) => {
    const random = layer.random.fork(`fault:${index}`);
    return () => effect(faulted(exchange, random, layer), inner);
  }, next);
  return first();
}

const REMARKS_MAX = 10;
const REMARK_LENGTH_MAX = 500;

/** The exchange as one effect sees it; what it leaves unread, such as the signal, stays unmade. */
function faulted(
  exchange: ArrivingExchange,
  random: Random,
  { point, note: { remarks } }: Layer,
): FaultedExchange {
  const note = (text: string) => {
    if (remarks.length < REMARKS_MAX) remarks.push(text.slice(0, REMARK_LENGTH_MAX));
  };
  // Sound: all else is inherited from the exchange itself.
  return Object.create(exchange, {
    random: { value: random, enumerable: true },
    point: { value: point, enumerable: true },
    note: { value: note, enumerable: true },
  }) as FaultedExchange;
}
