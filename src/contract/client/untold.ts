import type { PromptFailure } from './failure.ts';

/** A failure before it is put into words. */
export type Untold<Failure = PromptFailure> = Failure extends unknown
  ? Omit<Failure, 'message'>
  : never;

/** Why there is no text, and what to do about it. */
export type Explained = readonly [reason: string, hint: string];
