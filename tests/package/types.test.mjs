import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

// Inside the folder of the installed package, so that its name is found; with a stranger's strict
// settings, without the types of Node, and with the declarations themselves checked as well.
const PROGRAM = `
import { createEmulator, type Emulator, UsageError } from 'modal-emulator';
import { type RunningServer, serve } from 'modal-emulator/node';

const emulator: Emulator = createEmulator({ answer: 'echo', seed: 7, stack: 'fastapi-0.92' });
const server: RunningServer = await serve(emulator, { port: 0 });
const answer: Response = await emulator.fetch(new Request('http://localhost/'));
export const numbers: number[] = [server.port, answer.status, emulator.journal.total];
export const error: Error = new UsageError('code', 'message');

// Where the types were not found, all of these would be allowed.
// @ts-expect-error: no such stack
createEmulator({ stack: 'fastapi-0' });
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
