import { expect, test } from 'vitest';
import { createEmulator } from '../src/emulator/index.ts';

test.each([
  ['shown whole', 16, 'abc'],
  ['kept whole and shown in part', 8, 'abc'],
  ['kept in part', 2, 'ab'],
  ['in a journal without room for all', 1024 * 1024, 'abc'],
])('the prompt of a body that is %s', async (_how, journalBodyMaxBytes, prompt) => {
  const emulator = createEmulator({ journalBodyMaxBytes });
  const headers = { 'content-type': 'application/json' };
  const body = '{"prompt":"abc"}';
  await emulator.fetch(new Request('http://localhost/', { method: 'POST', headers, body }));
  const { request } = emulator.journal.get(1) ?? expect.fail('nothing was kept');
  expect(request.prompt).toBe(prompt);
  expect(request.body).toEqual({
    text: body.slice(0, journalBodyMaxBytes),
    bytes: 16,
    clipped: journalBodyMaxBytes < 16,
  });
});

test('places are used again, and nothing of an older body shows', async () => {
  const emulator = createEmulator({ journalMax: 2 });
  const headers = { 'content-type': 'application/json' };
  for (const prompt of ['the first and longest', 'second', 'third', 'x']) {
    const body = JSON.stringify({ prompt });
    await emulator.fetch(new Request('http://localhost/', { method: 'POST', headers, body }));
  }
  const shown = emulator.journal.list().map(({ request }) => [request.prompt, request.body.text]);
  expect(shown).toEqual([
    ['third', '{"prompt":"third"}'],
    ['x', '{"prompt":"x"}'],
  ]);
});
