import type { Step } from './scenario.ts';
import { describeWindow } from './window.ts';

/** Where a step let a request go by, in the order in which it is asked. */
export const GATES = ['when', 'window', 'skip', 'every', 'toxicity', 'times'] as const;

/** One of them. */
export type Gate = (typeof GATES)[number];

/** What one step decided about one request. */
export interface StepNote {
  readonly step: Step;
  /** Null when it struck. */
  readonly stoppedAt: Gate | null;
  /** How many of its conditions held; all, beyond the first gate. */
  readonly conditionsHeld: number;
  /** How many requests had come through `when` and `window` before this one. */
  readonly met: number;
  /** The number drawn against the toxicity; null where there was nothing to draw. */
  readonly draw: number | null;
  /** Which turn of its sequence it was; null when it did not strike. */
  readonly turn: number | null;
  /** False while, or because, an earlier fault does not ask what comes after it. */
  readonly isReached: boolean;
  /** What its faults told of what they did; more may come until the outcome is there. */
  readonly remarks: readonly string[];
}

/** Why a request got what it got. */
export interface Decision {
  readonly scenario: string;
  readonly digest: string;
  readonly seed: string;
  readonly namespace: string;
  /** The number of the request in this run, from 1. */
  readonly ordinal: number;
  readonly attempt: number;
  /** What every draw for it hangs on, beside the seed and the step. */
  readonly identity: string;
  readonly elapsedMs: number;
  /** All that struck, the one that came nearest, and the first of the others. */
  readonly notes: readonly StepNote[];
  /** How many notes were left out. */
  readonly omitted: number;
}

/** A note in words. */
export interface ExplainedStep {
  readonly step: string;
  readonly struck: boolean;
  readonly faults: readonly string[];
  readonly reason: string;
  readonly remarks: readonly string[];
  /** The number drawn; the step strikes when it is less than the threshold. */
  readonly draw: number | null;
  readonly threshold: number | null;
}

/** The steps that struck. */
export function struckNotes({ notes }: Decision): readonly StepNote[] {
  return notes.filter(({ stoppedAt }) => stoppedAt === null);
}

/** The step that came nearest to striking without doing it; the earlier one of equals. */
export function nearestNote(notes: readonly StepNote[]): StepNote | null {
  let nearest: StepNote | null = null;
  for (const note of notes) {
    if (note.stoppedAt === null) continue;
    if (nearest === null || nearness(note) > nearness(nearest)) nearest = note;
  }
  return nearest;
}

/** The gate that it reached, and how far it was through it, below 1. */
function nearness({ step, stoppedAt, conditionsHeld, met, draw }: StepNote): number {
  const gate = stoppedAt === null ? GATES.length : GATES.indexOf(stoppedAt);
  if (stoppedAt === 'when') return gate + conditionsHeld / (step.when.length + 1);
  if (stoppedAt === 'skip') return gate + (met + 1) / (step.skip + 1);
  if (stoppedAt === 'every') return gate + ((met - step.skip) % step.every) / step.every;
  if (stoppedAt === 'toxicity') return gate + 1 - (draw ?? 1);
  return gate;
}

/** Says of a note why the step struck, or what kept it from it. */
export function explainNote(note: StepNote): ExplainedStep {
  const { step, stoppedAt, draw, turn, remarks } = note;
  const faults = turn === null ? step.turns.flatMap((one) => one.faults) : faultsIn(step, turn);
  return {
    step: step.label,
    struck: stoppedAt === null,
    faults: faults.map(({ kind }) => kind),
    reason: stoppedAt === null ? struckReason(note) : STOPPED[stoppedAt](note),
    remarks,
    draw,
    threshold: draw === null ? null : step.toxicity,
  };
}

function faultsIn({ turns }: Step, turn: number) {
  return turns[turn]?.faults ?? [];
}

function struckReason({ step, draw, turn, isReached }: StepNote): string {
  const parts = [
    ...(draw === null ? [] : [`the draw ${draw} is less than the toxicity ${step.toxicity}`]),
    ...(step.turns.length > 1 ? [`it was turn ${(turn ?? 0) + 1} of ${step.turns.length}`] : []),
  ];
  const reason = parts.length === 0 ? 'it is for this request' : parts.join(', and ');
  return isReached ? reason : `${reason}; but an earlier fault held or ended the exchange`;
}

const STOPPED: Readonly<Record<Gate, (note: StepNote) => string>> = {
  when: ({ step, conditionsHeld }) =>
    `it is not so that ${step.when[conditionsHeld]?.wanted ?? 'its condition holds'}`,
  window: ({ step }) => `its window is ${step.window === null ? '' : describeWindow(step.window)}`,
  skip: ({ step, met }) => `it skips the first ${step.skip}, and this was number ${met + 1}`,
  every: ({ step, met }) =>
    `it strikes every ${step.every}, and this was number ${((met - step.skip) % step.every) + 1}`,
  toxicity: ({ step, draw }) => `the draw ${draw} is not less than the toxicity ${step.toxicity}`,
  times: ({ step }) => `it had struck ${step.times} times, which is all`,
};
