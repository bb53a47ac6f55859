import { expect, test } from 'vitest';
import { createEmulator, type EmulatorInput } from '../src/emulator/index.ts';

async function ask(status: number, options: EmulatorInput): Promise<[number, string]> {
  const emulator = createEmulator({
    ...options,
    function: { method: 'GET', query: {}, handler: { kind: 'http-exception', status } },
  });
  const response = await emulator.fetch(new Request('http://localhost/'));
  return [response.status, await response.text()];
}

// Seen live: FastAPI 0.92, 0.115, 0.143 and 0.165 on CPython 3.11, 0.143 on 3.13.
test('without a detail it is what Python calls the status', async () => {
  expect(await ask(403, {})).toEqual([403, '{"detail":"Forbidden"}']);
  expect(await ask(422, { python: '3.11' })).toEqual([422, '{"detail":"Unprocessable Entity"}']);
  expect(await ask(422, { python: '3.13' })).toEqual([422, '{"detail":"Unprocessable Content"}']);
});

test('a status that Python does not know crashes the function', async () => {
  expect(await ask(499, {})).toEqual([500, 'Internal Server Error']);
});
