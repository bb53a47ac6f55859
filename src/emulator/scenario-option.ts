import { z } from 'zod';
import { didYouMean } from '../contract/suggest.ts';
import { CATALOG, findBuiltIn } from '../scenarios/catalog.ts';
import {
  parseScenario,
  type Scenario,
  type ScenarioInput,
  scenarioSchema,
} from '../scenarios/scenario.ts';
import { explainIssues, type Problem } from './explain/issues.ts';
import { joinWords } from './explain/show.ts';

/** A scenario as options and requests say it: the name of a built-in one, or the whole of it. */
export type ScenarioOption = string | ScenarioInput;

/** Checks the form of a scenario; `readScenario` reads it. */
export const scenarioOptionSchema = z.union([
  z.enum(CATALOG.map(({ name }) => name)),
  scenarioSchema,
]);

/** What reading a scenario comes to: it, or all that is wrong. */
export type ReadScenario =
  | { readonly scenario: Scenario; readonly problems: null }
  | { readonly scenario: null; readonly problems: readonly Problem[] };

/** In characters of JSON. */
const LENGTH_MAX = 1024 * 1024;

/** Reads a scenario: a built-in one by its name, or one as it is written. */
export function readScenario(given: unknown): ReadScenario {
  if (typeof given === 'string') {
    const scenario = findBuiltIn(given);
    return scenario === null ? refuse(given, unknownName(given)) : { scenario, problems: null };
  }
  const reason = reasonNotJson(given);
  if (reason !== null) return refuse(given, reason);
  const { scenario, issues } = parseScenario(given);
  if (issues === null) return { scenario, problems: null };
  return { scenario: null, problems: explainIssues(issues, given, scenarioSchema) };
}

function refuse(value: unknown, predicate: string): ReadScenario {
  return { scenario: null, problems: [{ path: [], at: 'value', value, predicate }] };
}

function unknownName(name: string): string {
  const names = CATALOG.map((scenario) => scenario.name);
  const meant = didYouMean(name, names) || ` Built in are ${joinWords(names, 'and')}.`;
  return `is no built-in scenario.${meant}`;
}

/** A scenario is data: what JSON cannot say, no file could. */
function reasonNotJson(given: unknown): string | null {
  try {
    const { length } = JSON.stringify(given) ?? '';
    if (length <= LENGTH_MAX) return null;
    return `has ${length} characters as JSON, more than ${LENGTH_MAX}. Split it into several.`;
  } catch {
    return 'is nothing that JSON could say. Write it as plain data.';
  }
}
