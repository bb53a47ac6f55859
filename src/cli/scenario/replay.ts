import { UsageError } from '../../emulator/usage-error.ts';
import type { ScenarioInput } from '../../scenarios/scenario.ts';
import { decodeToken, type ReplayToken, scenarioOf } from '../../scenarios/token.ts';
import { isStronger, type Origin } from '../settings/stated.ts';
import type { LoadedScenario } from './loaded-scenario.ts';

/** What is said of a run that is to be had again. */
export interface AskedReplay {
  /** The token as it was typed. */
  readonly text: string;
  readonly origin: Origin;
  readonly given: { readonly loaded: LoadedScenario; readonly origin: Origin } | null;
  readonly seed: { readonly text: string; readonly origin: Origin } | null;
}

/** A run that can be had again. */
export interface Replay {
  readonly loaded: LoadedScenario;
  readonly seed: string;
}

/**
 * Finds the scenario and the seed of a token. What is said more weakly than the token counts only
 * where the token needs it.
 * @throws UsageError when the token is damaged, or its scenario is not what it was
 */
export function readReplay({ text, origin, given, seed }: AskedReplay): Replay {
  const { token, reason } = decodeToken(text);
  if (token === null) throw refusal('bad-token', reason);
  const contradicts = seed !== null && seed.text !== token.seed && !isStronger(origin, seed.origin);
  if (contradicts) {
    const says = `its seed is ${JSON.stringify(token.seed)}, and --seed is ${JSON.stringify(seed.text)}`;
    throw refusal('contradiction', `${says}. Leave --seed out.`);
  }
  const isWeak = given !== null && isStronger(origin, given.origin);
  return { loaded: findScenario(token, given?.loaded ?? null, isWeak), seed: token.seed };
}

function findScenario(
  token: ReplayToken,
  given: LoadedScenario | null,
  isWeak: boolean,
): LoadedScenario {
  const own = scenarioOf(token, isWeak ? null : (given?.scenario ?? null));
  const found = own.scenario === null && isWeak ? scenarioOf(token, given?.scenario) : own;
  if (found.scenario === null) throw refusal('other-scenario', found.reason);
  const { scenario } = found;
  // Sound: what was read from it is what is written there.
  const steps = scenario.written as ScenarioInput['steps'];
  const { name, summary } = scenario;
  const input = { name, ...(summary === null ? {} : { summary }), steps };
  const isGiven = scenario === given?.scenario;
  return { scenario, input, path: isGiven ? given.path : null, origin: 'replay' };
}

function refusal(code: string, reason: string): UsageError {
  return new UsageError(code, `Failed to apply flag --replay: ${reason}`);
}
