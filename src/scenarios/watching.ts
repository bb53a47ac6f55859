import type { Effect } from './effect.ts';

/** Gives an effect a companion for the exchanges that its step lets pass. */
export function watching(effect: Effect, passing: Effect): Effect {
  return Object.assign(effect, { passing });
}
