import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

// Inside the folder of the installed package, so that its name is found; with a stranger's strict
// settings, without the types of Node, and with the declarations themselves checked as well.
const PROGRAM = `
import { createEmulator, type Emulator, UsageError } from 'modal-emulator';
import { createPromptClient, type PromptFailure } from 'modal-emulator/client';
import { type RunningServer, serve } from 'modal-emulator/node';
import { type Report, verify } from 'modal-emulator/verify';

const emulator: Emulator = createEmulator({ answer: 'echo', seed: 7, stack: 'fastapi-0.92' });
const server: RunningServer = await serve(emulator, { port: 0 });
const answer: Response = await emulator.fetch(new Request('http://localhost/'));
export const numbers: number[] = [server.port, answer.status, emulator.journal.total];
const report: Report = await verify('http://localhost/', { headers: { 'X-Own': 'x' }, echo: false });
export const ids: string[] = report.results.map(({ id }) => id);
export const error: Error = new UsageError('code', 'message');

const client = createPromptClient({ url: server.url, fetch: emulator.fetch, answerKey: null });
const result = await client.ask('Why?', { extra: { n: 1, stop: ['.'], none: null } });
export const told: string = result.ok ? result.text : adviceOf(result.failure);
function adviceOf(failure: PromptFailure): string {
  if (failure.kind === 'status') return failure.validation?.[0]?.msg ?? failure.body;
  return failure.kind === 'network' ? String(failure.code) : failure.message;
}

// Where the types were not found, all of these would be allowed.
// @ts-expect-error: no such stack
createEmulator({ stack: 'fastapi-0' });
// @ts-expect-error: only where it is ok
export const unsure: string = result.text;
// @ts-expect-error: no JSON
client.ask('Why?', { extra: { at: new Date() } });
// @ts-expect-error: no such option
await verify('http://localhost/', { timeout: 5 });
// @ts-expect-error: a number
export const text: string = server.port;
`;

function check(moduleResolution, module) {
  const folder = mkdtempSync(join(import.meta.dirname, 'types-'));
  const compilerOptions = {
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: false,
    target: 'es2022',
    lib: ['es2022', 'dom', 'dom.iterable'],
    types: [],
    module,
    moduleResolution,
  };
  writeFileSync(join(folder, 'program.ts'), PROGRAM);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const done = spawnSync(process.execPath, [process.env.COMPILER, '-p', folder], {
    encoding: 'utf8',
  });
  assert.equal(done.status, 0, `${done.stdout}${done.stderr}`);
}

test('types resolve with moduleResolution nodenext', () => check('nodenext', 'nodenext'));

test('types resolve with moduleResolution bundler', () => check('bundler', 'esnext'));
