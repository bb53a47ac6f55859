import type { ScenarioInput } from './scenario.ts';

/** A built-in scenario, written as a user would write it. */
export type BuiltInScenario = ScenarioInput & {
  readonly name: string;
  /** Which behaviour of a client it tests. */
  readonly summary: string;
};

/** Defines a built-in scenario; it does nothing until a run puts it in force. */
export function defineScenario(scenario: BuiltInScenario): BuiltInScenario {
  return scenario;
}
