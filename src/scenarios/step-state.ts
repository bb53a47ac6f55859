import type { StepNote } from './decision.ts';
import type { Effect } from './effect.ts';
import type { Random } from './random.ts';
import type { Step } from './scenario.ts';
import type { Arrival } from './when.ts';
import { isOpen } from './window.ts';

const NONE: readonly string[] = [];

/** What a run remembers of a step. */
export interface StepState {
  readonly step: Step;
  /** By turn; made for this run alone. */
  readonly effects: readonly (readonly Effect[])[];
  /** Whether an effect wants to see what the step lets pass. */
  readonly isWatching: boolean;
  /** Requests that came through `when` and `window`. */
  met: number;
  struck: number;
  turn: number;
  /** How many requests have had this turn. */
  turnStruck: number;
}

/** The state of a step at the beginning of a run. */
export function createStepState(step: Step): StepState {
  const effects = step.turns.map(({ faults }) => faults.map((fault) => fault.createEffect()));
  const isWatching = effects.flat().some(({ passing }) => passing !== undefined);
  return { step, effects, isWatching, met: 0, struck: 0, turn: 0, turnStruck: 0 };
}

/** What happens to a request: the effects of its turn, and those that watch the others pass. */
export function effectsFor({ effects, isWatching }: StepState, turn: number | null) {
  const own = turn === null ? [] : (effects[turn] ?? []);
  if (!isWatching) return own;
  const others = effects.filter((_effects, index) => index !== turn).flat();
  return [...own, ...others.flatMap(({ passing }) => passing ?? [])];
}

/** What steps decide by. */
export interface StepArrival extends Arrival {
  readonly elapsedMs: number;
}

/**
 * Decides whether a step strikes, and counts. Nothing here waits, so counters are exact however
 * many requests are under way; and no step looks at another, so none changes what another decides.
 */
export function decide(state: StepState, arrival: StepArrival, random: () => Random): StepNote {
  const { step } = state;
  const note: StepNote = {
    step,
    stoppedAt: null,
    conditionsHeld: 0,
    met: state.met,
    draw: null,
    turn: null,
    isReached: false,
    remarks: NONE,
  };
  const unmet = step.when.findIndex((condition) => !condition.holds(arrival));
  if (unmet >= 0) return { ...note, stoppedAt: 'when', conditionsHeld: unmet };
  const conditionsHeld = step.when.length;
  const { window } = step;
  if (window !== null && !isOpen(window, arrival.ordinal, arrival.elapsedMs)) {
    return { ...note, stoppedAt: 'window', conditionsHeld };
  }
  const { met } = state;
  state.met += 1;
  if (met < step.skip) return { ...note, stoppedAt: 'skip', conditionsHeld };
  if ((met - step.skip) % step.every !== step.every - 1) {
    return { ...note, stoppedAt: 'every', conditionsHeld };
  }
  // What is certain is not drawn. The draw comes before the limit, which counts what strikes.
  const draw = step.toxicity < 1 ? random().next() : null;
  if (draw !== null && draw >= step.toxicity) {
    return { ...note, stoppedAt: 'toxicity', conditionsHeld, draw };
  }
  if (state.struck >= step.times) return { ...note, stoppedAt: 'times', conditionsHeld, draw };
  state.struck += 1;
  return { ...note, conditionsHeld, draw, turn: takeTurn(state) };
}

function takeTurn(state: StepState): number {
  const { turns, isRepeating } = state.step;
  const { turn } = state;
  state.turnStruck += 1;
  if (state.turnStruck >= (turns[turn]?.times ?? 1)) {
    const isLast = turn === turns.length - 1;
    if (!isLast) state.turn += 1;
    else if (isRepeating) state.turn = 0;
    state.turnStruck = 0;
  }
  return turn;
}
