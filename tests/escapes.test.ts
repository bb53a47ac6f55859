import { expect, test } from 'vitest';
import { createEmulator } from '../src/emulator/index.ts';

// Seen live: Python reads `\ude00` after a lone high surrogate as one more, not as its other half.
test.each([
  ['an escape after a raw half in UTF-16', Buffer.from('{"prompt":"\ud83d\\ude00"}', 'utf16le')],
  ['a raw half after an escape in UTF-16', Buffer.from('{"prompt":"\\ud83d\ude00"}', 'utf16le')],
])('%s stays half a character, which cannot be answered', async (_name, body) => {
  const emulator = createEmulator({ answer: 'echo' });
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: new Uint8Array(body) };
  const response = await emulator.fetch(new Request('http://localhost/', init));
  expect([response.status, await response.text()]).toEqual([500, 'Internal Server Error']);
});

test('two escapes are a character', async () => {
  const emulator = createEmulator({ answer: { source: 'echo', completion: '' } });
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: '{"prompt":"\\ud83d\\ude00"}' };
  const response = await emulator.fetch(new Request('http://localhost/', init));
  expect(await response.text()).toBe('{"prompt":"😀"}');
});

// As json.dumps sends a prompt in French. Where each escape costs as much as all before it, this
// takes minutes, and the test's own limit ends it.
test('half a million escapes are read in one go', async () => {
  const emulator = createEmulator({ answer: { source: 'echo', completion: '' } });
  const headers = { 'content-type': 'application/json' };
  // The extra key makes it none of the bodies that the fast path takes.
  const body = `{"prompt":"${'\\u00e9t'.repeat(500_000)}","x":NaN}`;
  const response = await emulator.fetch(
    new Request('http://localhost/', { method: 'POST', headers, body }),
  );
  expect(await response.text()).toBe(`{"prompt":"${'ét'.repeat(500_000)}"}`);
});
