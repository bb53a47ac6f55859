import { didYouMean } from '../suggest.ts';

/** What the caller was about to do. */
export type Aim = 'create a prompt client' | 'ask';

/** An option that is not valid. */
export interface Mistake {
  readonly aim: Aim;
  readonly name: string;
  /** Shown, so that it must be no secret. */
  readonly value: unknown;
  /** With a subject of its own: `it is no URL`. */
  readonly reason: string;
  readonly hint: string;
}

/**
 * Refuses an option.
 * @throws TypeError always
 */
export function refuse({ aim, name, value, reason, hint }: Mistake): never {
  const shown = typeof value === 'object' && value !== null ? kindOf(value) : `"${String(value)}"`;
  throw new TypeError(`Failed to ${aim} with ${name} ${shown}: ${reason}. ${hint}`);
}

/**
 * Refuses what is no object of options, and options that nobody reads.
 * @throws TypeError that names the option, and not its value, which may be a secret
 */
export function checkOptions(aim: Aim, options: unknown, known: readonly string[]): void {
  if (!isMapping(options)) {
    throw new TypeError(
      `Failed to ${aim}: the options are ${kindOf(options)}, not an object. ` +
        `Give an object with any of ${known.join(', ')}.`,
    );
  }
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw new TypeError(
    `Failed to ${aim} with option ${JSON.stringify(unknown)}: there is no such option.` +
      `${didYouMean(unknown, known)} Give any of ${known.join(', ')}.`,
  );
}

/** Whether it has names and values; a list has none, nor has a `Headers` on itself. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Headers)
  );
}

/** What a value is, to be read in a sentence. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Headers) return 'a Headers';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
