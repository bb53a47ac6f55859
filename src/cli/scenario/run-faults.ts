import { didYouMean } from '../../contract/suggest.ts';
import { showValue } from '../../emulator/explain/show.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import type { Fault, FaultFamily } from '../../scenarios/fault.ts';
import { FAULT_REGISTRY } from '../../scenarios/registry.ts';
import { columnsOf, row, wrap } from '../columns.ts';
import type { Terminal } from '../command.ts';
import { EXIT_OK } from '../exit-codes.ts';
import { PROGRAM } from '../version.ts';
import { optionRows } from './option-rows.ts';
import { writeInline } from './write-yaml.ts';

const FAMILIES: Readonly<Record<FaultFamily, string>> = {
  time: 'Time: late, slow, silent',
  wire: 'Wire: connections and bytes that break',
  edge: "Edge: what Modal's front and gateways answer",
  function: 'Function: what goes wrong in the code behind the endpoint',
  answer: 'Answer: 200, and still not what the client needs',
  money: 'Money: what is paid twice',
};

/** Where the second column of the lists begins. */
const INDENT = 24;

/** Lists the faults, or explains the one that is named. */
export async function runFaults([asked]: readonly string[], { stdout }: Terminal): Promise<number> {
  const columns = columnsOf(stdout);
  stdout.write(asked === undefined ? formatList(columns) : formatFault(find(asked), columns));
  return EXIT_OK;
}

function find(name: string): Fault {
  const fault = FAULT_REGISTRY.find(name);
  if (fault !== null) return fault;
  const names = FAULT_REGISTRY.faults.flatMap(({ kind, aliases = [] }) => [kind, ...aliases]);
  throw new UsageError(
    'unknown-fault',
    `Failed to find fault ${showValue(name)}: there is no such kind.${didYouMean(name, names)} ` +
      `Run "${PROGRAM} faults" for the list.`,
  );
}

function formatList(columns: number): string {
  // The keys are exactly the families.
  const families = Object.keys(FAMILIES) as FaultFamily[];
  const parts = families.flatMap((family) => {
    const faults = FAULT_REGISTRY.faults.filter((fault) => fault.family === family);
    if (faults.length === 0) return [];
    const rows = faults.map(({ kind, summary }) => row(kind, summary, columns, INDENT));
    return [`${FAMILIES[family]}:`, ...rows, ''];
  });
  return [...parts, `Explain one: ${PROGRAM} faults KIND`, ''].join('\n');
}

function formatFault(fault: Fault, columns: number): string {
  const { kind, family, summary, aliases = [], example } = fault;
  const options = optionRows(fault).map(({ name, standard, description }) =>
    row(
      name,
      [description, standard === '' ? '' : `(${standard})`].join(' ').trim(),
      columns,
      INDENT,
    ),
  );
  const known = aliases.length === 0 ? [] : [`Also known as ${aliases.join(', ')}.`];
  return [
    `${kind} (${family})`,
    ...wrap(summary, columns),
    ...known,
    '',
    ...(options.length === 0 ? ['It has no options.'] : ['Options:', ...options]),
    '',
    'Example, a step of a scenario:',
    `  - fault: ${writeInline({ kind, ...example })}`,
    '',
  ].join('\n');
}
