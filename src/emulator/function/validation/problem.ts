import type { PyValue } from '../../python/value.ts';

/** Where in the request a value stands: `["body", "stop", 0]`. */
export type Location = readonly (string | number)[];

/** What is wrong with one value; each Pydantic writes it in its own way. */
export interface Problem {
  readonly type: string;
  readonly loc: Location;
  readonly msg: string;
  /** The rejected value; only Pydantic 2 shows it. */
  readonly input: PyValue;
  readonly ctx?: PyValue;
}

/** A validated value, or everything that is wrong with it. */
export type Checked =
  | { readonly ok: true; readonly value: PyValue }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Python raised something that is no validation error: FastAPI answers a bare 500. */
export class UnhandledError extends Error {
  override readonly name: string = 'UnhandledError';
}

/** A value that passed. */
export function valid(value: PyValue): Checked {
  return { ok: true, value };
}

/** A value that did not, and why. */
export function refused(problem: Problem): Checked {
  return { ok: false, problems: [problem] };
}
