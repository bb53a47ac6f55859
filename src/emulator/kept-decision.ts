import { type Decision, nearestNote, type StepNote, struckNotes } from '../scenarios/decision.ts';
import type { MetScenario } from './intercept.ts';

/** A decision as the journal keeps it: as it was made, but bounded. */
export type KeptDecision = MetScenario;

/** Beyond these, steps are only counted, and remarks are left out. */
const NOTES_MAX = 50;
const REMARKS_MAX_LENGTH = 4096;

/** Bounds a decision whose exchange is over, so that nothing more will be told of it. */
export function keepDecision(met: MetScenario): KeptDecision {
  const { decision, token } = met;
  const { notes } = decision;
  const length = notes.reduce((sum, note) => sum + remarksLength(note), 0);
  if (notes.length <= NOTES_MAX && length <= REMARKS_MAX_LENGTH) return met;
  const nearest = nearestNote(notes);
  const others = notes.filter((note) => note !== nearest);
  const kept = new Set([...(nearest === null ? [] : [nearest]), ...others.slice(0, NOTES_MAX - 1)]);
  let room = REMARKS_MAX_LENGTH;
  const bounded = notes.flatMap((note) => {
    if (!kept.has(note)) return [];
    room -= remarksLength(note);
    return [room >= 0 ? note : { ...note, remarks: [] }];
  });
  const omitted = decision.omitted + notes.length - bounded.length;
  return { decision: { ...decision, notes: bounded, omitted }, token };
}

function remarksLength({ remarks }: StepNote): number {
  return remarks.reduce((sum, remark) => sum + remark.length, 0);
}

/** How many kinds are named of what went wrong. */
const KINDS_MAX = 8;

/** What went wrong by a decision, the outermost first: `latency + reset`; null for nothing. */
export function struckFaults(decision: Decision): string | null {
  const kinds = struckNotes(decision)
    .filter(({ isReached }) => isReached)
    .flatMap(({ step, turn }) => step.turns[turn ?? 0]?.faults ?? [])
    .map(({ kind }) => kind);
  if (kinds.length === 0) return null;
  const rest = kinds.length > KINDS_MAX ? ` + ${kinds.length - KINDS_MAX} more` : '';
  return kinds.slice(0, KINDS_MAX).join(' + ') + rest;
}
