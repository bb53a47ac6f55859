import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { VERIFY_SETTINGS } from '../src/cli/settings/verify-settings.ts';
import { findEngine, isSupportedVersion } from '../src/verify/node/pact/find-engine.ts';
import { type PactEngineInput, runPactEngine } from '../src/verify/node/pact/run-engine.ts';
import { ENGINE_INSTALL } from '../src/verify/pact/pact-problems.ts';
import { readPage } from './readme/blocks.ts';
import { anyEngine, childPath } from './verify-pact/children.ts';
import { answerWell, startEndpoint } from './verify-pact/endpoints.ts';
import {
  folderOf,
  interactionText,
  pactText,
  temporaryFolder,
  writeModule,
} from './verify-pact/pacts.ts';

const SECRET = 'ws-0123456789-very-secret';

function inputOf(url: string, more: Partial<PactEngineInput> = {}): PactEngineInput {
  const folder = folderOf({ 'a.json': pactText([interactionText('a prompt')]) });
  const headers = [['Modal-Secret', SECRET]] as const;
  return { url, files: [join(folder, 'a.json')], headers, timeoutMs: 5000, ...more };
}

/** A run with a program of our own in place of the engine. */
function runWith(path: string, more: Partial<PactEngineInput> = {}) {
  return runPactEngine(inputOf('http://127.0.0.1:9', more), {
    findEngine: anyEngine,
    childPath: path,
  });
}

describe('the engine', () => {
  test('judges by the results, with the headers of the user', async () => {
    const { url, asked } = await startEndpoint(answerWell);
    expect(await runPactEngine(inputOf(url))).toEqual({
      kind: 'verified',
      askedCount: 1,
      engineVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      complaints: [],
      results: [
        {
          consumer: 'a-client',
          provider: 'an-endpoint',
          description: 'a prompt',
          states: [],
          status: 'passed',
          mismatches: [],
          mismatchCount: 0,
          error: null,
          durationMs: expect.any(Number),
        },
      ],
    });
    expect(asked).toMatchObject([
      { method: 'POST', target: '/', headers: { 'modal-secret': SECRET } },
    ]);
  });

  test('tells states to whom it is told, and only there', async () => {
    const endpoint = await startEndpoint(answerWell);
    const states = await startEndpoint((response) => response.end());
    const text = pactText([interactionText('a', { providerStates: '[{"name":"rain"}]' })]);
    const files = [join(folderOf({ 'a.json': text }), 'a.json')];
    const outcome = await runPactEngine(
      inputOf(endpoint.url, { files, statesUrl: `${states.url}/states` }),
    );
    expect(outcome).toMatchObject({ results: [{ status: 'passed', states: ['rain'] }] });
    expect(states.asked.map(({ body }) => JSON.parse(body))).toMatchObject([
      { action: 'setup', state: 'rain' },
      { action: 'teardown', state: 'rain' },
    ]);
  });

  test('follows no redirect, so that no header goes elsewhere', async () => {
    const other = await startEndpoint(answerWell);
    const { url } = await startEndpoint((response) => {
      response.writeHead(303, { Location: other.url }).end();
    });
    expect(await runPactEngine(inputOf(url))).toMatchObject({ results: [{ status: 'failed' }] });
    expect(other.asked).toEqual([]);
  });

  test('is stopped when an answer never ends', async () => {
    const { url } = await startEndpoint((response) => {
      const chunk = Buffer.alloc(1024 * 1024, 'a');
      const fill = () => {
        while (response.write(chunk));
        response.once('drain', fill);
      };
      response.writeHead(200, { 'Content-Type': 'application/json' });
      fill();
    });
    const memoryMaxBytes = 256 * 1024 * 1024;
    expect(await runPactEngine(inputOf(url), { memoryMaxBytes })).toEqual({
      kind: 'memory',
      limitBytes: memoryMaxBytes,
    });
  });

  test('ends when nobody waits for it any more', async () => {
    const program = new URL('../src/verify/node/pact/engine-child.ts', import.meta.url);
    const child = fork(program, { silent: true });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = once(child, 'exit');
    const { url, asked } = await startEndpoint(() => child.disconnect());
    const { files } = inputOf(url);
    child.send({
      enginePath: findEngine(process.cwd())?.path,
      files,
      // Longer than the test: what ends it is that nobody waits.
      timeoutMs: 600_000,
      options: { provider: 'p', providerBaseUrl: url },
      memoryMaxBytes: 2 ** 30,
    });
    expect(await ended).toEqual([null, 'SIGKILL']);
    // Else it was something else that ended it.
    expect(asked).toHaveLength(1);
    // To start a process and to load native code takes long on a machine that is busy.
  }, 120_000);

  test('is not there: said, and nothing started', async () => {
    const path = childPath('process.send({ kind: "report", report: {} })');
    const outcome = await runPactEngine(inputOf('http://127.0.0.1:9'), {
      findEngine: () => null,
      childPath: path,
    });
    expect(outcome).toEqual({ kind: 'missing' });
  });

  test('is older than what it must be told', async () => {
    const outcome = await runPactEngine(inputOf('http://127.0.0.1:9'), {
      findEngine: () => ({ path: 'x', version: '19.2.0' }),
    });
    expect(outcome).toEqual({ kind: 'unsupported', engineVersion: '19.2.0' });
  });

  test('cannot be loaded', async () => {
    const outcome = await runPactEngine(inputOf('http://127.0.0.1:9'), {
      findEngine: () => ({ path: join(import.meta.dirname, 'nowhere.js'), version: '20.2.0' }),
    });
    expect(outcome).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('Cannot find module'),
    });
  });
});

describe('the child', () => {
  test('crashes: how it ended, and what it said last', async () => {
    const path = childPath(
      `for (let i = 0; i < 9; i += 1) console.log('line ' + i);
       console.error('\\u001b[31msecret ' + order.options.customProviderHeaders['Modal-Secret']);
       process.kill(process.pid, 'SIGSEGV');`,
    );
    const outcome = await runWith(path);
    if (outcome.kind !== 'failed') throw new Error(outcome.kind);
    expect(outcome.reason).toMatch(/^It ended with SIGSEGV\.\n/);
    expect(outcome.reason).toContain('secret ***');
    expect(outcome.reason).not.toContain('\u001b');
  });

  test('ends without a word', async () => {
    expect(await runWith(childPath('process.exit(7)'))).toEqual({
      kind: 'failed',
      reason: 'It ended with exit code 7.',
    });
  });

  test('ends before it is told anything', async () => {
    expect(await runWith(childPath('', 'process.exit(0);'))).toMatchObject({ kind: 'failed' });
  });

  test('cannot be started', async () => {
    const outcome = await runPactEngine(inputOf('http://127.0.0.1:9'), {
      findEngine: () => ({ path: join(temporaryFolder(), 'gone', 'index.js'), version: '20.2.0' }),
    });
    expect(outcome).toMatchObject({ kind: 'failed', reason: expect.stringContaining('ENOENT') });
  });

  test('says more than anybody reads', async () => {
    const path = childPath(
      `const line = 'x'.repeat(1023) + '\\n';
       for (let i = 0; i < 20000; i += 1) process.stdout.write(line);
       process.stdout.write('the end', () => process.exit(1));`,
    );
    const outcome = await runWith(path);
    if (outcome.kind !== 'failed') throw new Error(outcome.kind);
    expect(outcome.reason).toMatch(/the end$/);
    expect(outcome.reason.length).toBeLessThan(20_000);
  });

  test('reports what is no report', async () => {
    const path = childPath('process.send({ kind: "report", report: { results: [] } })');
    // It waits for more messages, and is ended all the same.
    expect(await runWith(path, { deadlineMs: 60_000 })).toEqual({
      kind: 'failed',
      reason: 'Its report has an unknown shape.',
    });
  });

  test('is killed when it takes too long', async () => {
    const note = join(temporaryFolder(), 'pid');
    const path = childPath(
      `setInterval(() => {}, 1000);`,
      `import { writeFileSync } from 'node:fs';
       process.on('SIGTERM', () => {});
       writeFileSync(${JSON.stringify(note)}, String(process.pid));`,
    );
    expect(await runWith(path, { deadlineMs: 2000 })).toEqual({ kind: 'timeout', afterMs: 2000 });
    expect(existsSync(note)).toBe(true);
    expect(() => process.kill(Number(readFileSync(note, 'utf8')), 0)).toThrow(/ESRCH/);
  });

  test('may take longer than a timer can be set to', async () => {
    const path = childPath('setTimeout(() => process.exit(7), 50)');
    expect(await runWith(path, { timeoutMs: 2 ** 31 })).toMatchObject({ kind: 'failed' });
  });

  test('is told no secret in its arguments or environment', async () => {
    vi.stubEnv('MODAL_SECRET', SECRET);
    vi.stubEnv('PACT_BROKER_BASE_URL', 'https://broker.example');
    vi.stubEnv('NODE_OPTIONS', '--no-warnings');
    onTestFinished(() => void vi.unstubAllEnvs());
    const path = childPath(
      `const told = JSON.stringify([process.argv, process.execArgv, process.env]);
       const isTold = told.includes(order.options.customProviderHeaders['Modal-Secret']);
       const { PACT_DO_NOT_TRACK: track, PACT_BROKER_BASE_URL: broker, NODE_OPTIONS: node } = process.env;
       process.send({ kind: 'failed', reason: JSON.stringify({ isTold, track, broker, node }) });
       process.disconnect();`,
    );
    const outcome = await runWith(path);
    expect(outcome).toEqual({ kind: 'failed', reason: '{"isTold":false,"track":"true"}' });
  });
});

describe('looking for the engine', () => {
  const manifest = (version: string) => JSON.stringify({ version, main: 'index.js' });

  test('begins in the project', () => {
    const cwd = temporaryFolder();
    writeModule(cwd, '@pact-foundation/pact-core', manifest('99.1.0'));
    expect(findEngine(cwd)).toMatchObject({
      version: '99.1.0',
      path: expect.stringContaining(cwd),
    });
  });

  test('takes what npm may install beside this package, and tells how to get it', () => {
    const { peerDependencies } = JSON.parse(readPage('package.json'));
    const { packages } = JSON.parse(readPage('package-lock.json'));
    expect(peerDependencies).toEqual({ '@pact-foundation/pact-core': '>=20.1.0' });
    expect(packages[''].peerDependencies).toEqual(peerDependencies);
    // npm on Node 20 takes 19.x where no version is named.
    expect(ENGINE_INSTALL).toMatch(/^npm install --save-dev \S+@latest$/);
    const help = VERIFY_SETTINGS.find(({ flag }) => flag === 'pact')?.help;
    for (const text of [help, readPage('docs/verify.md')]) expect(text).toContain(ENGINE_INSTALL);
  });

  test('finds the one that only Pact itself sees', () => {
    const cwd = temporaryFolder();
    const pact = writeModule(cwd, '@pact-foundation/pact', manifest('17.0.0'));
    writeModule(pact, '@pact-foundation/pact-core', manifest('98.1.0'));
    expect(findEngine(cwd)?.version).toBe('98.1.0');
  });

  test('ends beside this package', () => {
    expect(findEngine(temporaryFolder())?.path).toContain('pact-core');
  });

  test.each([
    ['15.2.1', false],
    ['20.0.9', false],
    ['20.1.0', true],
    ['20.2.0-beta.1', true],
    ['21.0.0', true],
    ['nonsense', false],
  ])('takes %s: %s', (version, isTaken) => {
    expect(isSupportedVersion(version)).toBe(isTaken);
  });
});
