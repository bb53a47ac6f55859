import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createEmulator } from 'modal-emulator';
import { createPromptClient, PromptError } from 'modal-emulator/client';
import { serve } from 'modal-emulator/node';
import { environment, PACKAGE } from './command.mjs';

// Of compiled code, where types are gone: every import is one that runs.
const IMPORT = /^(?:import|export)\b(?:[^'"=;]*?\bfrom)?\s*['"]([^'"]+)['"]/gm;

/** Everything that a module pulls in: the package's own files, and what is not of the package. */
function reach(entry) {
  const files = new Set([entry]);
  const others = new Set();
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    assert.doesNotMatch(text, /\bimport\(|\brequire\(/, file);
    for (const [, specifier] of text.matchAll(IMPORT)) {
      if (specifier.startsWith('.')) files.add(join(dirname(file), specifier));
      else others.add(specifier);
    }
  }
  const names = [...files].map((file) => relative(PACKAGE, file).split(sep).join('/'));
  return { files: names, others: [...others] };
}

test('the client is its own files of the contract, and zod', (t) => {
  const { files, others } = reach(fileURLToPath(import.meta.resolve('modal-emulator/client')));
  t.diagnostic(`${files.length} files`);
  assert.ok(files.length > 10);
  assert.deepEqual(
    files.filter((file) => !file.startsWith('dist/contract/')),
    [],
  );
  assert.deepEqual(others, ['zod']);
});

test('the client asks without a socket', async () => {
  const { fetch } = createEmulator({ answer: 'echo' });
  const client = createPromptClient({ url: 'https://you--llm-web.modal.run/', fetch });
  assert.match(await client.complete('hi'), /^hi/);
  const nowhere = createPromptClient({ url: 'https://you--llm-web.modal.run/nowhere', fetch });
  await assert.rejects(nowhere.complete('hi'), (error) => {
    assert.ok(error instanceof PromptError);
    assert.equal(error.failure.kind, 'status');
    return true;
  });
});

test('the client asks over a socket, by the fetch of this Node', async (t) => {
  const server = await serve(createEmulator(), { port: 0 });
  t.after(() => server.close({ drainTimeoutMs: 0 }));
  const client = createPromptClient({ url: server.url });
  assert.equal(await client.complete('hi'), 'hello world');
  const missed = await createPromptClient({ url: server.url, promptKey: 'promt' }).ask('hi');
  assert.equal(missed.failure.validation[0].type, 'missing');
  const gone = await createPromptClient({ url: 'http://127.0.0.1:6000/' }).ask('hi');
  assert.equal(gone.failure.kind, 'network');
});

test('the timer of this Node ends the wait, and what it held', async (t) => {
  const never = {
    name: 'never',
    summary: 'never answers',
    needsPrompt: true,
    answer: () => new Promise(() => {}),
  };
  const server = await serve(createEmulator({}, { answers: never }), { port: 0 });
  t.after(() => server.close({ drainTimeoutMs: 0 }));
  const { failure } = await createPromptClient({ url: server.url, timeoutMs: 1 }).ask('hi');
  assert.equal(failure.kind, 'timeout');
});

test('a program ends when it has its answer, whatever the time-out', async (t) => {
  const server = await serve(createEmulator(), { port: 0 });
  t.after(() => server.close({ drainTimeoutMs: 0 }));
  const program = `
    import { createPromptClient } from 'modal-emulator/client';
    console.log(await createPromptClient({ url: process.argv[1] }).complete('hi'));`;
  const args = ['--input-type=module', '--eval', program, server.url];
  const options = { cwd: import.meta.dirname, env: environment, timeout: 60_000 };
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, options);
  assert.deepEqual({ stdout, stderr }, { stdout: 'hello world\n', stderr: '' });
});
