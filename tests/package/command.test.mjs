import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { COMMAND, environment, PACKAGE, post, run, startServer } from './command.mjs';

const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));

test('the installed command runs by its own name', () => {
  const printed = execFileSync(COMMAND, ['--version'], { env: environment, encoding: 'utf8' });
  assert.equal(printed, `${version}\n`);
});

test('--help names the command and its flags', async () => {
  const { code, stdout, stderr } = await run('--help');
  assert.equal(code, 0);
  assert.equal(stderr, '');
  assert.match(stdout, /modal-emulator/);
  assert.match(stdout, /--port/);
});

test('a wrong flag is one line and exit code 2', async () => {
  const { code, stdout, stderr } = await run('serve', '--prot', '0');
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^Failed to [^\n]*--prot[^\n]*\n$/);
});

test('serves, answers, refuses, remembers and stops', async (t) => {
  const { child, ended, ready } = await startServer(t);
  assert.equal(ready.event, 'ready');
  assert.equal(ready.version, version);
  assert.equal(ready.pid, child.pid);

  const right = await post(ready.url, { prompt: 'hi' });
  assert.equal(right.status, 200);
  assert.deepEqual(await right.json(), { prompt: 'hello world' });

  const wrong = await post(ready.url, { promt: 'hi' });
  assert.equal(wrong.status, 422);
  assert.equal((await wrong.json()).detail[0].type, 'missing');

  const journal = await (await fetch(`${ready.admin}/requests`)).json();
  assert.equal(journal.total, 2);
  assert.deepEqual(
    journal.requests.map((exchange) => exchange.outcome.status),
    [200, 422],
  );

  child.kill('SIGTERM');
  const { code, signal, stdout } = await ended;
  assert.deepEqual({ code, signal }, { code: 0, signal: null });
  assert.match(stdout, /^[^\n]+\n$/, 'standard output has the ready line alone');
});

test('verifies an endpoint; without its engine, pacts that were asked for are left open', async (t) => {
  const { ready } = await startServer(t, '--answer', 'echo');
  const passed = await run('verify', ready.url);
  assert.equal(passed.code, 0, passed.stdout + passed.stderr);
  assert.match(passed.stdout, /^Passed\. /m);

  const interaction = {
    description: 'a prompt',
    request: { method: 'POST', path: '/', body: { prompt: 'hi' } },
    response: { status: 200 },
  };
  const pact = { consumer: { name: 'c' }, provider: { name: 'p' }, interactions: [interaction] };
  const path = join(mkdtempSync(join(tmpdir(), 'pact-')), 'pact.json');
  writeFileSync(path, JSON.stringify(pact));
  const open = await run('verify', ready.url, '--pact', path);
  assert.equal(open.code, 3, open.stdout + open.stderr);
  assert.match(open.stdout, /\[pact-engine-missing\].*\n.*npm install --save-dev @pact-foundation/);

  const nobody = await run('verify', 'http://127.0.0.1:1/');
  assert.equal(nobody.code, 3);
});

test('a port in use is one line and exit code 2', async (t) => {
  const { ready } = await startServer(t);
  const { code, stdout, stderr } = await run('serve', '--port', String(ready.port));
  assert.equal(code, 2);
  assert.equal(stdout, '');
  assert.match(stderr, /^Failed to listen [^\n]*: the port is in use\. [^\n]+\n$/);
});

test('answers by faker, the largest dependency', async (t) => {
  const { ready } = await startServer(t, '--answer', 'faker', '--seed', 'package');
  const answer = await (await post(ready.url, { prompt: 'Tell me.' })).json();
  assert.ok(answer.prompt.length > 'Tell me.'.length, answer.prompt);
});
