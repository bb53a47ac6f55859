import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createEmulator, UsageError, VERSION } from 'modal-emulator';
import { serve } from 'modal-emulator/node';
import { formatJunitReport, verify } from 'modal-emulator/verify';
import { PACKAGE, post } from './command.mjs';

test('the library answers without a socket', async () => {
  const emulator = createEmulator();
  const answer = await emulator.fetch(
    new Request('http://localhost/', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"prompt": "hi"}',
    }),
  );
  assert.equal(answer.status, 200);
  assert.deepEqual(await answer.json(), { prompt: 'hello world' });
  assert.equal(emulator.journal.total, 1);
});

test('the library answers over a socket', async (t) => {
  const server = await serve(createEmulator({ answer: 'echo' }), { port: 0 });
  t.after(() => server.close({ drainTimeoutMs: 0 }));
  const answer = await post(`http://127.0.0.1:${server.port}/`, { prompt: 'hi' });
  assert.match((await answer.json()).prompt, /^hi/);
});

test('the library verifies an endpoint, and says what is wrong with it', async (t) => {
  const server = await serve(createEmulator({ answer: 'hello' }), { port: 0 });
  t.after(() => server.close({ drainTimeoutMs: 0 }));
  const url = `http://127.0.0.1:${server.port}/`;
  const report = await verify(url);
  assert.equal(report.verdict, 'failed');
  assert.match(formatJunitReport(report), /<failure [^>]*type="echo-missing"/);
  assert.equal((await verify(url, { echo: false })).verdict, 'passed');
  await assert.rejects(verify('localhost:8000'), UsageError);
});

test('the library says its version and refuses what is wrong', () => {
  const { version } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
  assert.equal(VERSION, version);
  assert.throws(() => createEmulator({ stack: 'fastapi-0' }), UsageError);
});

test('nothing else can be imported', async () => {
  await assert.rejects(import('modal-emulator/dist/emulator/journal.js'), {
    code: 'ERR_PACKAGE_PATH_NOT_EXPORTED',
  });
  const { default: manifest } = await import('modal-emulator/package.json', {
    with: { type: 'json' },
  });
  assert.equal(manifest.name, 'modal-emulator');
});
