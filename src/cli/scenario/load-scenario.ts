import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { didYouMean } from '../../contract/suggest.ts';
import { showValue } from '../../emulator/explain/show.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import { CATALOG, findBuiltIn } from '../../scenarios/catalog.ts';
import { parseScenario, type ScenarioInput, scenarioSchema } from '../../scenarios/scenario.ts';
import {
  type DocumentKind,
  type ReadFile,
  readDocument,
  refuseFile,
} from '../config/checked-document.ts';
import { PROGRAM } from '../version.ts';
import type { LoadedScenario } from './loaded-scenario.ts';

const HELP = `"${PROGRAM} faults" lists the faults, "${PROGRAM} faults KIND" their options.`;
const SCENARIO: DocumentKind = { noun: 'scenario file', bytesMax: 1024 * 1024, help: HELP };

/**
 * Reads and checks a scenario file, YAML or JSON.
 * @throws UsageError that lists every mistake with file, line and column
 */
export async function loadScenarioFile(path: string): Promise<LoadedScenario> {
  const file = await readDocument(path, SCENARIO);
  const input = file.document.data ?? {};
  const { scenario, issues } = parseScenario(input);
  if (scenario === null) throw refuseFile(file, { input, schema: scenarioSchema, issues });
  // Sound: the schema has just taken it.
  return { scenario, input: input as ScenarioInput, path, origin: path };
}

/**
 * Finds a scenario by its name, or reads it from its file. A file has an ending (.yaml, .yml or
 * .json) or a folder before it; all else is a name.
 * @throws UsageError that says what is wrong with the name or the file
 */
export async function loadScenario(text: string, folder = '.'): Promise<LoadedScenario> {
  if (isPath(text)) return loadScenarioFile(folder === '.' ? text : resolve(folder, text));
  const scenario = findBuiltIn(text);
  const input = CATALOG.find(({ name }) => name === text);
  if (scenario !== null && input !== undefined) {
    return { scenario, input, path: null, origin: 'built in' };
  }
  const meant = didYouMean(
    text,
    CATALOG.map(({ name }) => name),
  );
  throw new UsageError(
    'unknown-scenario',
    `Failed to find scenario ${showValue(text)}: no built-in scenario has that name.${meant} ` +
      `"${PROGRAM} scenarios" lists them; a file is named with its ending (.yaml, .yml, .json).`,
  );
}

function isPath(text: string): boolean {
  return /[\\/]/.test(text) || /\.(?:ya?ml|json)$/i.test(text);
}

/**
 * Reads what a config file says of its scenario: a name, a file from the config file's folder, or
 * the scenario itself.
 * @throws UsageError that lists every mistake with file, line and column
 */
export async function loadConfiguredScenario(
  file: ReadFile,
  written: unknown,
): Promise<LoadedScenario> {
  if (typeof written === 'string') return loadScenario(written, dirname(file.path));
  const { scenario, issues } = parseScenario(written);
  if (scenario !== null) {
    // Sound: the schema has just taken it.
    return { scenario, input: written as ScenarioInput, path: null, origin: file.path };
  }
  throw refuseFile(
    { ...file, kind: { ...file.kind, help: HELP } },
    {
      input: { scenario: written },
      schema: z.object({ scenario: scenarioSchema }),
      issues: issues.map((issue) => ({ ...issue, path: ['scenario', ...issue.path] })),
    },
  );
}
