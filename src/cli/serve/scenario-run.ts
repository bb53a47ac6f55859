import type { Emulator } from '../../emulator/emulator.ts';
import type { ActiveScenario } from '../../emulator/scenarios.ts';
import type { Clock } from '../../scenarios/clock.ts';
import type { Log } from '../log/log.ts';
import type { ScenarioPlan } from './scenario-plan.ts';

/** How to have a run again, in one line. */
export function describeRun({ name, seed, token }: ActiveScenario): string {
  return `To have scenario "${name}" with seed ${JSON.stringify(seed)} again: --replay ${token}`;
}

/** What watching needs beside the plan. */
export interface WatchParts {
  readonly log: Log;
  /** Real, whatever time it is in the emulator. */
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Follows the scenario's file, where the plan says so, until the signal aborts. */
export async function keepWatching(
  { loaded, seed, isSeedFixed, watchedPath }: ScenarioPlan,
  emulator: Pick<Emulator, 'activate'>,
  parts: WatchParts,
): Promise<void> {
  if (watchedPath === null || loaded === null) return;
  const { watchScenario } = await import('../scenario/watch-scenario.ts');
  await watchScenario({
    ...parts,
    path: watchedPath,
    loaded,
    activate({ input, scenario }) {
      const own = isSeedFixed ? null : scenario.seed;
      const run = emulator.activate(input, { seed: own ?? seed });
      return `The scenario was loaded anew from ${JSON.stringify(watchedPath)}. ${describeRun(run)}`;
    },
  });
}
