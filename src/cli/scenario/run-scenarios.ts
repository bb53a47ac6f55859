import { CATALOG } from '../../scenarios/catalog.ts';
import { columnsOf, row } from '../columns.ts';
import type { Terminal } from '../command.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { PROGRAM } from '../version.ts';
import { explainStep } from './explain-step.ts';
import { loadScenario } from './load-scenario.ts';
import type { LoadedScenario } from './loaded-scenario.ts';
import { writeScenario } from './write-yaml.ts';

/** Lists the built-in scenarios, or explains the one that is named. */
export async function runScenarios(
  [asked]: readonly string[],
  { stdout }: Terminal,
): Promise<number> {
  const text =
    asked === undefined ? formatList(columnsOf(stdout)) : explain(await loadScenario(asked));
  stdout.write(text);
  return EXIT_OK;
}

function formatList(columns: number): string {
  const widest = Math.max(...CATALOG.map(({ name }) => name.length));
  return [
    'Built-in scenarios, and the behaviour of a client that each one tests:',
    '',
    ...CATALOG.map(({ name, summary }) => row(name, summary, columns, widest + 5)),
    '',
    `Explain one: ${PROGRAM} scenarios NAME`,
    `Serve it:    ${PROGRAM} --scenario NAME`,
    '',
  ].join('\n');
}

/** A scenario file that explains itself. */
function explain({ scenario, input }: LoadedScenario): string {
  return writeScenario(input, scenario.steps.map(explainStep));
}
