import type { z } from 'zod';
import type { EdgeFailure } from '../edge-failures.ts';
import type { validationErrorSchema } from '../failures.ts';

/** One thing that FastAPI found wrong with a request. */
export type ValidationIssue = z.infer<typeof validationErrorSchema>['detail'][number];

/** One thing that an answer lacks of the contract. */
export interface ShapeIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Why a redirect was not followed. */
export type RedirectReason =
  /** Another than 303: Modal means "the answer is there" by 303 alone. */
  | 'not-303'
  | 'too-many'
  | 'other-origin'
  | 'no-location'
  /** The Location is no URL that can be asked. */
  | 'bad-location'
  /** A browser does not show redirects to scripts. */
  | 'hidden';

/** Why a body is not read as JSON. */
export type NotJsonReason = 'empty' | 'not-utf-8' | 'byte-order-mark' | 'syntax';

interface Told {
  /** What happened, why, and what to do; without credentials. */
  readonly message: string;
}

/** The answer did not arrive in time. */
export interface TimeoutFailure extends Told {
  readonly kind: 'timeout';
  readonly timeoutMs: number;
  /** What it waited for. */
  readonly phase: 'head' | 'body';
  /** How many redirects it had followed. */
  readonly hops: number;
}

/** The caller's signal ended it. */
export interface AbortedFailure extends Told {
  readonly kind: 'aborted';
  /** The signal's. */
  readonly reason: unknown;
}

/** There was no answer, or it broke off. */
export interface NetworkFailure extends Told {
  readonly kind: 'network';
  /** What the system calls it, `ECONNREFUSED` or `ENOTFOUND`; null where nobody says. */
  readonly code: string | null;
  readonly phase: 'head' | 'body';
  /** What `fetch` rejected with. */
  readonly cause: unknown;
}

/** A redirect that was not followed. */
export interface RedirectFailure extends Told {
  readonly kind: 'redirect';
  readonly reason: RedirectReason;
  /** 0 where a browser hides it. */
  readonly status: number;
  /** Resolved where it is a URL, else as it came; null without one. */
  readonly location: string | null;
  /** How many redirects had been followed before. */
  readonly hops: number;
}

/** An answer that is none by its status. */
export interface StatusFailure extends Told {
  readonly kind: 'status';
  readonly status: number;
  readonly contentType: string | null;
  /** The text of the body, its first 64 KiB at most. */
  readonly body: string;
  readonly isBodyCut: boolean;
  /** What FastAPI says in `{"detail": ...}`; undefined where there is none. */
  readonly detail: unknown;
  /** What is wrong with the request, by FastAPI's 422; null otherwise. */
  readonly validation: readonly ValidationIssue[] | null;
  /** Set when Modal's front wrote it, and not the function. */
  readonly edge: EdgeFailure | null;
  /** When to ask again, by the header Retry-After; null without one. */
  readonly retryAfterMs: number | null;
}

/** What an answer has too much of: bytes, or values and depth, which are counted before parsing. */
export type TooLargeReason = 'bytes' | 'values' | 'depth';

/** An answer longer than `answerMaxBytes`, or JSON that would take far more memory than its text. */
export interface TooLargeFailure extends Told {
  readonly kind: 'too-large';
  readonly reason: TooLargeReason;
  readonly status: number;
  readonly answerMaxBytes: number;
}

/** A body that is not JSON. */
export interface NotJsonFailure extends Told {
  readonly kind: 'not-json';
  readonly reason: NotJsonReason;
  readonly status: number;
  readonly contentType: string | null;
  /** Its first characters. */
  readonly bodyStart: string;
}

/** JSON that is not what the contract promises. */
export interface WrongShapeFailure extends Told {
  readonly kind: 'wrong-shape';
  readonly status: number;
  /** What the contract promises. */
  readonly expected: string;
  readonly issues: readonly ShapeIssue[];
  readonly answer: unknown;
}

/** Why there is no text; `kind` says which. */
export type PromptFailure =
  | TimeoutFailure
  | AbortedFailure
  | NetworkFailure
  | RedirectFailure
  | StatusFailure
  | TooLargeFailure
  | NotJsonFailure
  | WrongShapeFailure;

/** What `complete` throws; `failure` says what happened. */
export class PromptError extends Error {
  readonly failure: PromptFailure;

  constructor(failure: PromptFailure) {
    super(failure.message, 'cause' in failure ? { cause: failure.cause } : undefined);
    this.name = 'PromptError';
    this.failure = failure;
  }
}
