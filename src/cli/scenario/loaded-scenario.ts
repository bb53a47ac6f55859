import { z } from 'zod';
import type { Scenario, ScenarioInput } from '../../scenarios/scenario.ts';

/** A scenario that was asked for, read and checked. */
export interface LoadedScenario {
  readonly scenario: Scenario;
  /** As it is written; from this the emulator is made. */
  readonly input: ScenarioInput;
  /** The file that it stands in; null when it is built in, or part of a config file. */
  readonly path: string | null;
  /** For people: `built in`, or its file. */
  readonly origin: string;
}

/** For the config: what stands there was loaded, and so checked, before. */
export const loadedScenarioSchema = z.custom<LoadedScenario>(
  (value) => typeof value === 'object' && value !== null && 'scenario' in value,
  'must be the name of a built-in scenario, a file, or a scenario',
);
