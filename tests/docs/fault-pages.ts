import { stringify } from 'yaml';
import { breaksContract } from '../../src/scenarios/breaks-contract.ts';
import { EDGE_ANSWERS } from '../../src/scenarios/edge-answers.ts';
import type { Fault, FaultFamily } from '../../src/scenarios/fault.ts';
import { GATEWAY_PERSONAS } from '../../src/scenarios/gateway-personas.ts';
import { LATENCY_MODELS } from '../../src/scenarios/latency/schema.ts';
import { FAULT_REGISTRY } from '../../src/scenarios/registry.ts';
import {
  code,
  type RecordedOutcomes,
  type RecordedRow,
  readRecordedOutcomes,
  seenByFetch,
  seenByTypedClient,
} from '../fault-outcomes/clients.ts';
import { FAULT_ROWS } from '../fault-outcomes/rows.ts';
import { COMPLETION, type RowServer, serveRows } from '../fault-outcomes/serve-rows.ts';
import { optionRows } from './fault-options.ts';
import { table } from './table.ts';

type Regions = Readonly<Record<string, string>>;

/** The families, in the order of the documentation. */
export const FAMILIES: readonly FaultFamily[] = [
  'time',
  'wire',
  'edge',
  'function',
  'answer',
  'money',
];

/** Every page about faults, with its generated parts: what the code says, and what clients do. */
export async function faultPages(): Promise<Readonly<Record<string, Regions>>> {
  const recorded = readRecordedOutcomes();
  const rows = await serveRows();
  try {
    const pages: Record<string, Regions> = {
      'docs/faults.md': {
        families: familiesTable(),
        recorded: `${recorded.client}.`,
        aliases: aliasesTable(),
        latencies: latencies(),
      },
    };
    for (const family of FAMILIES) {
      pages[`docs/faults/${family}.md`] = {
        faults: await faultsTable(family),
        options: table(
          ['option', 'what it takes', 'default', ''],
          faultsOf(family).flatMap(optionRows),
        ),
        clients: await clientsTable(family, rows, recorded),
        ...MORE[family],
      };
    }
    return pages;
  } finally {
    await rows.close();
  }
}

function faultsOf(family: FaultFamily): readonly Fault[] {
  return FAULT_REGISTRY.faults.filter((fault) => fault.family === family);
}

function familiesTable(): string {
  return table(
    ['family', 'faults'],
    FAMILIES.map((family) => [
      `[${family}](faults/${family}.md)`,
      faultsOf(family)
        .map(({ kind }) => `\`${kind}\``)
        .join(', '),
    ]),
  );
}

function aliasesTable(): string {
  const rows = FAULT_REGISTRY.faults.flatMap(({ kind, aliases = [] }) =>
    aliases.map((alias) => [`\`${alias}\``, `\`${kind}\``]),
  );
  return table(['name elsewhere', 'fault'], rows);
}

function latencies(): string {
  return table(
    ['model', 'for example', ''],
    LATENCY_MODELS.map(({ name, example, summary }) => [name, code(flow(example)), summary]),
  );
}

function flow(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd();
}

async function faultsTable(family: FaultFamily): Promise<string> {
  const rows = faultsOf(family).map(async (fault) => {
    const breaks = await breaksContract(fault);
    const schema = breaks === null ? 'not asked' : breaks ? 'breaks' : 'keeps';
    return [`\`${fault.kind}\``, fault.summary, schema];
  });
  return table(['fault', 'what it does', "contract's schema"], await Promise.all(rows));
}

/** What only one page has. */
const MORE: Partial<Readonly<Record<FaultFamily, Regions>>> = {
  edge: {
    'edge-answers': table(
      ['failure', 'status', 'text behind `modal-http: `', 'how sure it is'],
      EDGE_ANSWERS.map(({ name, status, text, evidence }) => [
        `\`${name}\``,
        String(status),
        code(text, Infinity),
        evidence,
      ]),
    ),
    personas: table(
      ['persona', 'status', 'content type', 'body'],
      Object.entries(GATEWAY_PERSONAS).map(([name, { status, headers, body }]) => [
        `\`${name}\``,
        String(status),
        headers.find(([header]) => header === 'content-type')?.[1] ?? 'none',
        body === '' ? 'none' : code(String(body).replaceAll('\r\n', '')),
      ]),
    ),
  },
};

async function clientsTable(
  family: FaultFamily,
  rows: RowServer,
  { prompt, rows: outcomes }: RecordedOutcomes,
): Promise<string> {
  const lines: string[][] = [];
  for (const [row, { fault, written }] of FAULT_ROWS.entries()) {
    if (fault.family !== family) continue;
    const outcome = outcomes.find((one) => one.fault === written)?.outcome;
    if (outcome === undefined) {
      throw new Error(`nothing is recorded of ${written}: run record_fault_outcomes.py`);
    }
    const asked = { rows, row, prompt };
    lines.push([
      code(written, Infinity),
      langchainCell(outcome, prompt),
      await seenByFetch(asked),
      await seenByTypedClient(asked),
    ]);
  }
  return table(['fault', "LangChain's `Modal`", '`fetch`, then `json()`', 'typed client'], lines);
}

function langchainCell(outcome: RecordedRow['outcome'], prompt: string): string {
  if ('silent' in outcome) return 'waits for ever';
  if ('ok' in outcome) {
    return outcome.ok === `${prompt}${COMPLETION}`
      ? 'the answer'
      : code(JSON.stringify(outcome.ok));
  }
  const name = outcome.exception.slice(outcome.exception.lastIndexOf('.') + 1);
  return code(`${name}: ${outcome.message}`);
}
