import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { environmentName } from '../src/cli/settings/setting.ts';
import { VERIFY_SETTINGS } from '../src/cli/settings/verify-settings.ts';
import { createEmulator } from '../src/emulator/emulator.ts';
import { type RunningServer, serve } from '../src/emulator/node/index.ts';
import { ROOT, readPage } from './readme/blocks.ts';

interface Job {
  readonly env: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly run?: string; readonly name?: string }[];
}

const workflow: { env: Record<string, string>; jobs: Record<string, Job> } = parse(
  readPage('examples/ci/verify-endpoint.yml'),
);

const PREFIX = 'npx modal-emulator ';
const lines = Object.entries(workflow.jobs).flatMap(([job, { steps }]) =>
  steps
    .flatMap(({ run = '' }) => run.split('\n'))
    .filter((line) => line.startsWith(PREFIX))
    .map((line) => ({ job, line })),
);

let folder: string;
let servers: RunningServer[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modal-emulator-ci-'));
  // What the package has, is where npm puts it: tests/package looks after what is packed.
  await mkdir(join(folder, 'node_modules'));
  await symlink(fileURLToPath(ROOT), join(folder, 'node_modules', 'modal-emulator'), 'dir');
  servers = await Promise.all(
    (['echo', 'hello'] as const).map((answer) => serve(createEmulator({ answer }), { port: 0 })),
  );
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close({ drainTimeoutMs: 0 })));
  await rm(folder, { recursive: true });
});

/** Runs a line of the workflow by a shell, its URLs those of a server here. */
function runLine(line: string, url: string): Promise<{ code: unknown; output: string }> {
  const main = new URL('src/cli/main.ts', ROOT).pathname;
  const command = line.replace(PREFIX, `"${process.execPath}" "${main}" `);
  const urls = Object.fromEntries(Object.keys(workflow.env).map((name) => [name, url]));
  const env = { ...process.env, GITHUB_ACTIONS: '', ...urls };
  return new Promise((resolve) => {
    execFile('bash', ['-c', command], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : error.code, output: stdout + stderr });
    });
  });
}

describe('the workflow in examples/ci', () => {
  test('verifies before the deploy, and every night', () => {
    expect(lines.map(({ job }) => job)).toEqual(['deploy', 'nightly']);
    const steps = workflow.jobs.deploy?.steps.map(({ name }) => name ?? '') ?? [];
    const order = ['Deploy to staging', 'Verify staging', 'Deploy to production'];
    expect(steps.filter((name) => order.includes(name))).toEqual(order);
  });

  test('sets variables that verify reads', () => {
    const known = VERIFY_SETTINGS.map((setting) => environmentName(setting));
    const used = Object.values(workflow.jobs).flatMap(({ env }) => Object.keys(env));
    const own = used.filter((name) => name.startsWith('MODAL_EMULATOR_'));
    expect(own.length).toBe(4);
    expect(own.filter((name) => !known.includes(name))).toEqual([]);
  });

  test.each(lines)(
    '$job: $line passes a good endpoint and writes its reports',
    async ({ job, line }) => {
      const { code, output } = await runLine(line, `${servers[0]?.url}/`);
      expect(output).toContain('Passed.');
      expect(code).toBe(0);
      const report = JSON.parse(await readFile(join(folder, 'verify.json'), 'utf8'));
      expect(report.verdict).toBe('passed');
      const pacts = report.results.filter(({ group }: { group: string }) => group === 'pact');
      const passed = pacts.filter(({ status }: { status: string }) => status === 'passed');
      // All of them: none left out for the budget.
      expect([passed.length, pacts.length]).toEqual(job === 'deploy' ? [23, 23] : [0, 0]);
      expect(report.requests.sent).toBe(job === 'deploy' ? 23 : 8);
      expect(await readFile(join(folder, 'verify.xml'), 'utf8')).toContain('<testsuites');
    },
  );

  test('says that a budget is too small for the pacts that it names', async () => {
    const deploy = lines.find(({ job }) => job === 'deploy')?.line ?? '';
    const small = deploy.replace(/--max-requests \d+/, '--max-requests 22');
    expect(small).not.toBe(deploy);
    const { code, output } = await runLine(small, `${servers[0]?.url}/`);
    expect(output).toContain('The pacts need 15 requests, and 14 were left.');
    expect(code).toBe(3);
  });

  test.each(lines)('$job: $line stops at a bad endpoint', async ({ line }) => {
    const { code, output } = await runLine(line, `${servers[1]?.url}/`);
    expect(output).toContain('[echo-missing]');
    expect(code).toBe(1);
  });
});
