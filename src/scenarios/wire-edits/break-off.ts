import type { Effect } from '../effect.ts';
import type { WireEnd } from '../outcome.ts';
import { untilFirst } from './cut.ts';
import { editOutcome } from './edit-outcome.ts';
import { atOffsets } from './places.ts';

/**
 * The effect that ends a connection before the answer is whole: after some bytes of the body, or,
 * when no number is given, before anybody is asked for one.
 */
export function breakOff(end: WireEnd, afterBytes: number | undefined): Effect {
  if (afterBytes === undefined) {
    return async () => ({ kind: 'wire', reply: null, wire: { steps: [], end } });
  }
  return editOutcome({
    isWhole: false,
    edit: ({ parts }) => ({ parts: untilFirst(parts, atOffsets([afterBytes])), end }),
  });
}
