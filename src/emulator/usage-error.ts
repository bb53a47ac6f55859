/**
 * A user's mistake: shown as one message without a stack, exit code 2 at the command line.
 * The message has the form: Failed to ‹verb› ‹object› "‹value›": ‹reason›. ‹What to do›.
 */
export class UsageError extends Error {
  /** A stable name for programs, in kebab case: `unknown-stack`. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'UsageError';
    this.code = code;
  }
}
