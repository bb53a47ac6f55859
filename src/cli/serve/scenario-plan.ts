import { UsageError } from '../../emulator/usage-error.ts';
import type { LoadedScenario } from '../scenario/loaded-scenario.ts';
import type { Resolved } from '../settings/resolve.ts';
import { isStronger, type Origin } from '../settings/stated.ts';

/** What goes wrong in a served emulator, and where all chance comes from. */
export interface ScenarioPlan {
  /** Null where nothing is to go wrong. */
  readonly loaded: LoadedScenario | null;
  /** Of the answers and the scenario alike, so that one token brings back all of a run. */
  readonly seed: string;
  /** Whether a seed in a scenario that is loaded anew changes nothing. */
  readonly isSeedFixed: boolean;
  /** The file to watch; null for none. */
  readonly watchedPath: string | null;
}

/** A seed, and who says it. */
interface StatedSeed {
  readonly text: string;
  readonly origin: Origin;
}

/**
 * Brings together what is said of the scenario, its seed and its replay. A scenario's own seed
 * counts more than the config file, and less than the environment and the flags.
 * @throws UsageError where they contradict each other, or the token's scenario is another by now
 */
export async function planScenario(
  resolved: Resolved,
  generateSeed: () => string,
): Promise<ScenarioPlan> {
  const { config, loose } = resolved;
  const loaded = config.scenario ?? null;
  const seedOrigin = originOf(resolved, 'seed');
  const seed = seedOrigin === 'default' ? null : { text: config.seed, origin: seedOrigin };
  if (typeof loose.replay === 'string') return planReplay(resolved, loose.replay, seed);
  const isSeedFixed = seed !== null && isStronger(seed.origin, 'file');
  const own = isSeedFixed ? null : (loaded?.scenario.seed ?? null);
  return {
    loaded,
    seed: own ?? seed?.text ?? generateSeed(),
    isSeedFixed,
    watchedPath: loose.watch === true ? watchedPath(loaded) : null,
  };
}

async function planReplay(
  resolved: Resolved,
  text: string,
  seed: StatedSeed | null,
): Promise<ScenarioPlan> {
  if (resolved.loose.watch === true) {
    throw new UsageError(
      'contradiction',
      'Failed to apply flag --replay: a run that is had again does not change with its file. ' +
        'Leave --watch out.',
    );
  }
  const given = resolved.config.scenario;
  const { readReplay } = await import('../scenario/replay.ts');
  const replay = readReplay({
    text,
    origin: originOf(resolved, 'replay'),
    given: given === undefined ? null : { loaded: given, origin: originOf(resolved, 'scenario') },
    seed,
  });
  return { ...replay, isSeedFixed: true, watchedPath: null };
}

function originOf({ origins }: Resolved, flag: string): Origin {
  return origins[flag] ?? 'default';
}

function watchedPath(loaded: LoadedScenario | null): string {
  const path = loaded?.path ?? null;
  if (path !== null) return path;
  const reason =
    loaded === null
      ? 'there is no scenario to watch. Add --scenario FILE.'
      : `the scenario "${loaded.scenario.name}" has no file of its own (${loaded.origin}). ` +
        'Write it into one, and name that.';
  throw new UsageError('nothing-to-watch', `Failed to apply flag --watch: ${reason}`);
}
