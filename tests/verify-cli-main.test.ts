import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Endpoint, nobody, startBroken, startEmulator } from './verify-cli/endpoints.ts';

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-main-'));
});
afterAll(() => rm(folder, { recursive: true }));

const running = new Set<ChildProcessWithoutNullStreams>();
const open: Endpoint[] = [];
afterEach(async () => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
  for (const endpoint of open.splice(0)) await endpoint.close();
});

/** The command in a process of its own, with nobody's settings. */
function start(args: readonly string[], cwd = folder, nodeArgs: readonly string[] = []) {
  const child = spawn(process.execPath, [...nodeArgs, MAIN, 'verify', ...args], {
    cwd,
    env: { PATH: process.env.PATH },
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => {
    running.delete(child);
    return { ...output, code, signal };
  });
  return { child, ended };
}

async function emulator(answer: 'echo' | 'hello'): Promise<string> {
  const endpoint = await startEmulator({ answer });
  open.push(endpoint);
  return endpoint.url;
}

describe('the process ends', () => {
  test('with 0 for an endpoint that keeps the contract', async () => {
    const { code, stdout, stderr } = await start([await emulator('echo')]).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Passed\. /m);
    expect(stdout).toContain('pacts     none (there is no folder "pacts" here');
  });

  test('with 1 for one that breaks it', async () => {
    expect((await start([await emulator('hello')]).ended).code).toBe(1);
  });

  test('with 2 for a mistake', async () => {
    const { code, stdout, stderr } = await start(['localhost:8000']).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Did you mean "http://localhost:8000"?');
  });

  test('with 3 where nobody listens', async () => {
    expect((await start([await nobody()]).ended).code).toBe(3);
  });

  test.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('at once by %s, with %d', async (signal, code) => {
    // It is asked, and answers by ending whoever asks.
    const endpoint = await startBroken(() => void command.child.kill(signal));
    open.push(endpoint);
    const command = start([endpoint.url]);
    expect(await command.ended).toMatchObject({ code, signal: null });
  });

  test('with 70 for an error of its own that nobody awaits', async () => {
    const trap = join(folder, 'trap.mjs');
    await writeFile(
      trap,
      `import { Socket } from 'node:net';
      Socket.prototype.connect = function () {
        setImmediate(() => { throw new TypeError('no such thing'); });
        return this;
      };`,
    );
    const { ended } = start([await nobody()], folder, ['--import', trap]);
    const { code, stderr } = await ended;
    expect(code).toBe(70);
    expect(stderr).toContain(
      'met an error of its own; please report it.\nTypeError: no such thing',
    );
  });
});

/** The command in a shell, its standard output handed on as the shell says. */
async function startInShell(url: string, more: string) {
  const line = `{ "$0" "$1" verify "$2" --no-pact ${more}`;
  const child = spawn('sh', ['-c', line, process.execPath, MAIN, url], {
    cwd: folder,
    env: { PATH: process.env.PATH },
  });
  running.add(child);
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdout.resume();
  const [code] = await once(child, 'close');
  running.delete(child);
  return { code, stderr };
}

describe('standard output', () => {
  test.skipIf(!existsSync('/dev/full'))('that is full is a report that is lost', async () => {
    const ended = await startInShell(await emulator('echo'), '--report json=- > /dev/full; }');
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('Failed to write the json report "-": the disk is full.');
  });

  test('that nobody reads is no mistake where no report goes there', async () => {
    const url = await emulator('echo');
    const tail = '; echo "it ended with $?" >&2; }';
    const piped = (flags: string) => startInShell(url, `${flags} ${tail} | true`);
    expect((await piped('--seed x')).stderr).toContain('it ended with 0');
    const lost = await piped('--report json=-');
    expect(lost.stderr).toContain('its reader is gone');
    expect(lost.stderr).toContain('it ended with 2');
  });
});

test('the pacts of the folder "pacts" are verified', async () => {
  const project = join(folder, 'project');
  await mkdir(join(project, 'pacts'), { recursive: true });
  await writeFile(join(project, 'pacts', 'empty.json'), '{}');
  const { code, stdout } = await start([await emulator('echo')], project).ended;
  expect(stdout).toContain('pacts     those in the folder "pacts"');
  expect(stdout).toMatch(/^ {2}unclear {2}pact: .*empty\.json/m);
  expect(code).toBe(3);
});
