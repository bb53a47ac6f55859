import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** The installed package, beside this file. */
export const PACKAGE = join(import.meta.dirname, 'node_modules', 'modal-emulator');

/** The command as npm installed it. */
export const COMMAND = join(import.meta.dirname, 'node_modules', '.bin', 'modal-emulator');

/** Nobody's settings but those that a test gives. */
export const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('MODAL_EMULATOR_')),
);

/** Starts the command on the Node that runs the tests, and collects what it writes. */
export function start(...args) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr']) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text;
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => ({ ...output, code, signal }));
  return { child, ended };
}

/** Runs the command to its end. */
export function run(...args) {
  return start(...args).ended;
}

/** Starts a server on a free port; `t` kills it where the test itself did not stop it. */
export async function startServer(t, ...flags) {
  const { child, ended } = start('serve', '--port', '0', '--json', ...flags);
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), ended]);
  if (!Array.isArray(first)) throw new Error(`it ended before it was ready: ${first.stderr}`);
  return { child, ended, ready: JSON.parse(first[0]) };
}

/** What a client sends to the endpoint. */
export function post(url, body) {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
