import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-main-'));
});
afterAll(() => rm(folder, { recursive: true }));

const running = new Set<ChildProcessWithoutNullStreams>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

/** A running command line whose output can be waited for. */
function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  // An environment of its own: settings of whoever runs the tests must not change them.
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, ...environment },
  });
  running.add(child);
  const output = { stdout: '', stderr: '' };
  const watchers = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
      for (const watch of watchers) watch();
    });
  }
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => {
    running.delete(child);
    return { ...output, code, signal };
  });
  const seen = (name: 'stdout' | 'stderr', pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const watch = () => {
        const match = pattern.exec(output[name]);
        if (match === null) return;
        watchers.delete(watch);
        resolve(match[0]);
      };
      watchers.add(watch);
      void ended.then(() => reject(new Error(`it ended first: ${output.stderr}`)));
      watch();
    });
  return { child, output, ended, seen };
}

interface Ready {
  readonly [key: string]: unknown;
  readonly url: string;
  readonly port: number;
}

async function startReady(args: readonly string[], environment?: Readonly<Record<string, string>>) {
  const command = start(['--port', '0', '--json', ...args], environment);
  const ready = JSON.parse(await command.seen('stdout', /^.*\n/)) as Ready;
  return { ...command, ready };
}

async function ask(url: string, prompt: string, headers: Record<string, string> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ prompt }),
  });
  return response.text();
}

async function stop(command: ReturnType<typeof start>) {
  command.child.kill('SIGTERM');
  return command.ended;
}

describe('a mistake', () => {
  test('ends the process with 2 and one message', async () => {
    const { code, stdout, stderr } = await start(['--prot', '1']).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'Failed to read flag "--prot": there is no such flag. Did you mean "--port"? ' +
        'Run "modal-emulator serve --help" for the flags.\n',
    );
  });

  test('a port in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    // Sound: it listens on TCP.
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await start(['--port', String(port)]).ended;
    other.close();
    expect(code).toBe(2);
    expect(stderr).toContain(`Failed to listen on "127.0.0.1:${port}": the port is in use.`);
    expect(stderr).toContain('--port 0');
  });
});

test('the help leaves through standard output, with 0', async () => {
  const { code, stdout, stderr } = await start(['--help']).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Usage: modal-emulator [command] [flags]');
});

describe('the ready line', () => {
  test('says everything that a program needs', async () => {
    const command = await startReady(['--answer', 'echo']);
    const { ready } = command;
    expect(ready).toEqual({
      event: 'ready',
      version: expect.stringMatching(/^\d/),
      url: `http://127.0.0.1:${ready.port}`,
      host: '127.0.0.1',
      port: expect.any(Number),
      pid: command.child.pid,
      seed: expect.stringMatching(/^\d+$/),
      stack: 'fastapi-0.143',
      answer: 'echo',
      admin: `http://127.0.0.1:${ready.port}/__admin`,
      curl: expect.stringContaining(`curl 'http://127.0.0.1:${ready.port}/'`),
      langchain: expect.stringContaining('from langchain_community.llms import Modal'),
    });
    expect(await ask(ready.url, 'hi')).toContain('"prompt":"hi ');
    const { code, stdout, stderr } = await stop(command);
    expect(code).toBe(0);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^\S+ POST \/ 200 \d+(\.\d)? ms \d+ B\n/);
  });

  test('has a new seed for every start, unless it is given', async () => {
    const [one, other, given] = await Promise.all([
      startReady([]),
      startReady([]),
      startReady(['--seed', 'mine']),
    ]);
    expect(one.ready.seed).not.toBe(other.ready.seed);
    expect(given.ready.seed).toBe('mine');
  });

  test('has the admin token only where it was generated', async () => {
    const generated = await startReady(['--host', '0.0.0.0']);
    const { adminToken, url, admin } = generated.ready;
    expect(adminToken).toMatch(/^[\w-]{32}$/);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect((await fetch(`${String(admin)}/config`)).status).toBe(401);
    const authorization = `Bearer ${String(adminToken)}`;
    const allowed = await fetch(`${String(admin)}/config`, { headers: { authorization } });
    expect(allowed.status).toBe(200);

    const environment = { MODAL_EMULATOR_ADMIN_TOKEN: 'own-token' };
    const given = await startReady(['--host', '0.0.0.0'], environment);
    expect(given.ready).not.toHaveProperty('adminToken');
    expect(JSON.stringify(given.output)).not.toContain('own-token');
  });
});

describe('the text for people', () => {
  test('has the samples at the margin, and the seed', async () => {
    const command = start(['--port', '0', '--seed', '42']);
    await command.seen('stderr', /Ctrl-C/);
    const { stderr, stdout, code } = await stop(command);
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    expect(stderr).toMatch(/^modal-emulator \d/);
    expect(stderr).toMatch(/^ {2}seed +42$/m);
    expect(stderr).toMatch(/^curl 'http:\/\/127\.0\.0\.1:\d+\/' -H/m);
    expect(stderr).toMatch(/^from langchain_community\.llms import Modal\n\nllm = Modal\(\)$/m);
    expect(stderr).not.toContain('\u001b');
  });

  test('says instead of a program why there is none', async () => {
    const command = start(['--port', '0', '--answer', 'faker', '--no-echo']);
    await command.seen('stderr', /Ctrl-C/);
    expect(command.output.stderr).toContain('Leave out --no-echo to use the class.');
    expect(command.output.stderr).not.toContain('llm = Modal()');
  });

  test('is JSON where the log is', async () => {
    const command = start(['--port', '0', '--log-format', 'json', '--log-level', 'silent']);
    const line = await command.seen('stderr', /^.*\n/);
    expect(JSON.parse(line)).toMatchObject({ event: 'ready' });
  });
});

describe('settings', () => {
  test('come from flags, environment, file and defaults, in this order', async () => {
    const text = 'stack: fastapi-0.92\nseed: file\nanswer: echo\nlogFormat: json';
    await writeFile(join(folder, 'emulator.yaml'), text);
    const command = await startReady(['--answer', 'faker', '--words', '5'], {
      MODAL_EMULATOR_CONFIG: 'emulator.yaml',
      MODAL_EMULATOR_SEED: 'environment',
      MODAL_EMULATOR_ANSWER: 'hello',
    });
    const { seed, stack, answer, host } = command.ready;
    expect({ seed, stack, answer, host }).toEqual({
      seed: 'environment',
      stack: 'fastapi-0.92',
      answer: 'faker',
      host: '127.0.0.1',
    });
    await ask(command.ready.url, 'hi');
    const line = await command.seen('stderr', /^.*\n/);
    expect(JSON.parse(line)).toMatchObject({ event: 'exchange', status: 200 });
  });

  test('name the config file by flag before environment', async () => {
    await writeFile(join(folder, 'one.yaml'), 'seed: one');
    await writeFile(join(folder, 'two.yaml'), 'seed: two');
    const environment = { MODAL_EMULATOR_CONFIG: 'two.yaml' };
    const command = await startReady(['--config', 'one.yaml'], environment);
    expect(command.ready.seed).toBe('one');
  });

  test('take a script relative to the current directory', async () => {
    await writeFile(join(folder, 'script.yaml'), 'answers: [first, second]');
    const command = await startReady(['--script', 'script.yaml', '--answer-key', 'response']);
    expect(await ask(command.ready.url, 'hi')).toBe('{"response":"first"}');
    expect(await ask(command.ready.url, 'hi')).toBe('{"response":"second"}');
  });

  test('that nobody reads are warned of', async () => {
    const command = await startReady([], { MODAL_EMULATOR_PROT: '1' });
    await command.seen('stderr', /"MODAL_EMULATOR_PROT" sets nothing.* "MODAL_EMULATOR_PORT"/);
  });
});

test('a failing diagnosis is explained once', async () => {
  const command = await startReady([]);
  await ask(command.ready.url, 'hi');
  await ask(command.ready.url, 'hi');
  const { stderr } = await stop(command);
  expect(stderr.match(/LangChain: UnboundLocalError$/gm)).toHaveLength(2);
  expect(stderr.match(/--answer echo/g)).toHaveLength(1);
});

test('a crash of the function is told with its reason', async () => {
  await writeFile(
    join(folder, 'crash.yaml'),
    'function: {handler: {kind: crash, exception: Boom()}}',
  );
  const command = await startReady(['--config', 'crash.yaml']);
  expect(await ask(command.ready.url, 'hi')).toBe('Internal Server Error');
  await command.seen('stderr', /The function crashed: .*Boom/);
});

describe('signals', () => {
  /** A client that has sent half of a request. */
  async function halfSent(port: number) {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    const answered = new Promise<string>((resolve) => {
      let text = '';
      socket.on('data', (part: string) => {
        text += part;
      });
      socket.on('error', () => resolve(text));
      socket.on('close', () => resolve(text));
    });
    const head =
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n';
    await new Promise<void>((resolve) => socket.write(`${head}{"prompt"`, () => resolve()));
    // An answer on another connection shows that the server has read this one's beginning.
    await ask(`http://127.0.0.1:${port}`, 'other');
    return { socket, answered };
  }

  test.each(['SIGINT', 'SIGTERM'] as const)(
    '%s lets open exchanges finish and exits with 0',
    async (signal) => {
      const command = await startReady([]);
      const { socket, answered } = await halfSent(command.ready.port);
      command.child.kill(signal);
      await command.seen('stderr', new RegExp(`${signal}: waiting`));
      await expect(ask(command.ready.url, 'late')).rejects.toThrow();
      socket.write(':"a"}  ');
      expect(await answered).toContain('{"prompt":"hello world"}');
      expect(await command.ended).toMatchObject({ code: 0, signal: null });
    },
  );

  test('the drain has an end', async () => {
    const command = await startReady(['--drain-timeout', '50ms']);
    const { answered } = await halfSent(command.ready.port);
    command.child.kill('SIGTERM');
    expect(await command.ended).toMatchObject({ code: 0 });
    expect(await answered).toBe('');
  });

  test.each([
    ['SIGTERM', 'SIGINT', 130],
    ['SIGINT', 'SIGTERM', 143],
  ] as const)('after %s a second one, %s, exits at once with %i', async (first, second, code) => {
    const command = await startReady([]);
    const { socket } = await halfSent(command.ready.port);
    command.child.kill(first);
    await command.seen('stderr', new RegExp(`${first}: waiting`));
    command.child.kill(second);
    expect(await command.ended).toMatchObject({ code });
    socket.destroy();
  });
});

test('readers that leave do not stop it', async () => {
  const command = await startReady([]);
  command.child.stdout.destroy();
  command.child.stderr.destroy();
  for (const prompt of ['one', 'two', 'three']) {
    expect(await ask(command.ready.url, prompt)).toBe('{"prompt":"hello world"}');
  }
  expect(await stop(command)).toMatchObject({ code: 0 });
});

test('a reader that stops reading does not stop it', async () => {
  const command = await startReady([]);
  command.child.stderr.removeAllListeners('data').pause();
  const target = `${command.ready.url}/${'x'.repeat(300)}`;
  // More lines than a pipe and the streams at its ends hold.
  for (let index = 0; index < 1000; index += 1) {
    const response = await fetch(target);
    await response.body?.cancel();
    expect(response.status).toBe(404);
  }
  command.child.kill('SIGTERM');
  const [code] = (await once(command.child, 'exit')) as unknown[];
  expect(code).toBe(0);
  command.child.stderr.resume();
  await command.ended;
});
