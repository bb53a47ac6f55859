import { once } from 'node:events';
import type { Pinning } from './machine.ts';
import { type TreeUsage, watchTree } from './process-tree.ts';
import { createTemporaryFolder, launch, removeTemporaryFolder } from './processes.ts';
import { emulatorSubject, here, startServer } from './servers.ts';
import { spread } from './statistics.ts';
import { table } from './table.ts';

export interface ContractOptions {
  readonly emulatorFile: string;
  readonly runs: number;
  readonly pinning: Pinning;
}

/** What one way to prove the contract costs, run by run. */
export interface ContractRow {
  readonly name: string;
  readonly usages: readonly TreeUsage[];
}

const PROJECT = here('..');
/** As `npm run test:pact` does it, without npm. */
const PACTS = [process.execPath, here('../scripts/pact-suites.ts')];

/** Measures `verify` on loopback, the consumers' tests and the verification of the emulator. */
export async function measureContract(options: ContractOptions): Promise<readonly ContractRow[]> {
  const folder = createTemporaryFolder();
  const subject = emulatorSubject(options.emulatorFile, ['--answer', 'echo']);
  const server = await startServer(subject, { prefix: options.pinning.server, folder });
  try {
    const url = `http://${server.host}:${server.port}/`;
    const verify = [process.execPath, options.emulatorFile, 'verify', url];
    const ways = [
      ['verify', [...verify, '--no-pact']],
      ['verify, with all pacts', [...verify, '--max-requests', '40']],
      ['consumer tests', [...PACTS, '--project', 'consumers']],
      ['provider verification', [...PACTS, '--project', 'provider', 'emulator.pact.ts']],
    ] as const;
    const rows: ContractRow[] = [];
    for (const [name, command] of ways) {
      const usages: TreeUsage[] = [];
      // The first run fills the caches of the disk, and is not counted.
      await runOnce(command);
      for (let run = 0; run < options.runs; run += 1) usages.push(await runOnce(command));
      rows.push({ name, usages });
    }
    return rows;
  } finally {
    await server.stop();
    removeTemporaryFolder(folder);
  }
}

async function runOnce(command: readonly string[]): Promise<TreeUsage> {
  const child = launch(command, { cwd: PROJECT, stdio: ['ignore', 'ignore', 'inherit'] });
  const done = watchTree(child.pid ?? 0);
  const [status, signal] = await once(child, 'exit');
  const usage = done();
  if (status === 0) return usage;
  throw new Error(`"${command.join(' ')}" ended with ${status ?? signal}`);
}

/** The table of it. */
export function formatContract(rows: readonly ContractRow[]): string {
  const runs = rows[0]?.usages.length ?? 0;
  const body = table(
    ['what', 'wall ms', 'min', 'max', 'peak MiB, children included'],
    rows.map(({ name, usages }) => {
      const wall = spread(usages.map(({ wallMs }) => wallMs));
      const peaks = usages.map(({ peakBytes }) => peakBytes ?? Number.NaN);
      const peak = spread(peaks).median / 1024 ** 2;
      return [name, ...[wall.median, wall.min, wall.max, peak].map((one) => one.toFixed(0))];
    }),
  );
  return `Contract: ${runs} runs each, medians\n${body}`;
}
