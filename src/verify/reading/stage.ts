import type { Problem, ProblemCode } from '../problems.ts';

/** One step in reading an answer. */
export interface Stage<T> {
  readonly problem: Problem | null;
  /** What the next step reads; absent where nothing behind this step can be judged. */
  readonly value?: T;
}

/** A step that found nothing wrong. */
export function fine<T>(value: T): Stage<T> {
  return { problem: null, value };
}

/** A step that ends the reading. */
export function broken(
  code: ProblemCode,
  reason: string,
  more: Omit<Problem, 'code' | 'reason'> = {},
) {
  return { problem: { code, reason, ...more } };
}

/** A step that was not taken, since one before it ended the reading. */
export const BLOCKED: Stage<never> = { problem: null };

/** Takes the next step where there is something to read. */
export function next<T, U>(stage: Stage<T>, step: (value: T) => Stage<U>): Stage<U> {
  return 'value' in stage ? step(stage.value as T) : BLOCKED;
}
