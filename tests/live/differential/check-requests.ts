import fc, { type Arbitrary, type Plugin, type RunDetails } from 'fast-check';
import type { LiveRequest } from './requests.ts';
import { differences, type Sides } from './sides.ts';

/** Which requests to make: a seed always makes the same ones. */
export interface Choice {
  readonly seed: number;
  readonly runs: number;
  /** Where a failure of this seed was: begins there, and looks at nothing else. */
  readonly path?: string | undefined;
}

/** A fixed seed, so that a change of the code is all that can change the result. */
const DEFAULT_SEED = 20_261_124;

/** Shrinking a large body takes long, and an endpoint may hang. */
const TIME_LIMIT_MS = 180_000;

/** The choice of the environment: LIVE_SEED, LIVE_RUNS and LIVE_PATH; else the defaults. */
export function choiceOf(runs: number, env: NodeJS.ProcessEnv = process.env): Choice {
  return {
    seed: integerOf('LIVE_SEED', env.LIVE_SEED) ?? DEFAULT_SEED,
    runs: integerOf('LIVE_RUNS', env.LIVE_RUNS) ?? runs,
    path: env.LIVE_PATH,
  };
}

function integerOf(name: string, text: string | undefined): number | null {
  if (text === undefined || text === '') return null;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`Failed to read $${name} "${text}": it is not a whole number. Correct it.`);
}

/** Called after each answer, shrinking included. */
export type Watcher = (status: number, request: LiveRequest) => void;

/** Asks both sides the same until they differ, and then for the smallest request that shows it. */
export async function checkRequests(
  sides: Sides,
  requests: Arbitrary<LiveRequest>,
  options: Choice & { readonly watch?: Watcher },
): Promise<RunDetails<[LiveRequest]>> {
  const { seed, runs, path, watch } = options;
  const property = fc.asyncProperty(requests, async (request) => {
    const exchanged = await sides.ask(request);
    watch?.(exchanged.live.status, request);
    return differences(exchanged).length === 0;
  });
  const where = path === undefined ? { numRuns: runs } : { path, numRuns: 1 };
  const limit = fc.interruptAfterTimeLimit(TIME_LIMIT_MS, { failOnInterrupt: true });
  // Sound: a clock stands before the property, and looks at no value.
  const plugins = [limit as Plugin<[LiveRequest]>];
  return fc.check(property, { seed, ...where, plugins });
}
