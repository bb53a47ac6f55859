import { didYouMean } from '../../contract/suggest.ts';
import { showValue } from '../../emulator/explain/show.ts';
import { ENVIRONMENT_PREFIX, environmentName, type Setting } from './setting.ts';

/** Told to other programs, and so likely to be in the environment of this one. */
const TOLD: ReadonlySet<string> = new Set([`${ENVIRONMENT_PREFIX}URL`]);

/**
 * Says of every variable with the program's prefix that it sets nothing. Not an error: the
 * environment is shared, and a variable may be meant for another version.
 */
export function unknownVariables(
  settings: readonly Setting[],
  environment: Readonly<Record<string, string | undefined>>,
): readonly string[] {
  const known = settings.map(environmentName);
  return Object.keys(environment)
    .filter((name) => name.startsWith(ENVIRONMENT_PREFIX))
    .filter((name) => !known.includes(name) && !TOLD.has(name))
    .map((name) => {
      const meant = didYouMean(name, known);
      const shown = showValue(name);
      return `The environment variable ${shown} sets nothing: no setting has that name.${meant}`;
    });
}
