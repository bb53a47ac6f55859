import { UsageError } from '../usage-error.ts';

/** What a problem says beside its code and its detail. */
export interface ProblemExtras {
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the problem, for programs: `{ count: 1 }`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

/** A refused request of the control plane: a usage error with a status. */
export class ProblemError extends UsageError {
  readonly status: number;
  readonly extras: ProblemExtras;

  constructor(status: number, code: string, detail: string, extras: ProblemExtras = {}) {
    super(code, detail);
    this.name = 'ProblemError';
    this.status = status;
    this.extras = extras;
  }
}

/** The body of a problem (RFC 9457): the code gives type and title, the message the detail. */
export function problemBody(problem: ProblemError, instance: string): Record<string, unknown> {
  const words = problem.code.replaceAll('-', ' ');
  return {
    type: `urn:modal-emulator:problem:${problem.code}`,
    title: words.charAt(0).toUpperCase() + words.slice(1),
    status: problem.status,
    detail: problem.message,
    instance,
    ...problem.extras.members,
  };
}

const SHOWN_LENGTH_MAX = 80;

/** A value as a message quotes it: short, and never a walk through something deeply nested. */
export function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = String(value);
  const isLong = text.length > SHOWN_LENGTH_MAX;
  return `"${isLong ? `${text.slice(0, SHOWN_LENGTH_MAX)}…` : text}"`;
}
