import { expect, test } from 'vitest';
import { UsageError } from '../src/emulator/usage-error.ts';
import { createWorld } from './control-world.ts';

test.each([
  ['GET /__admin/requets', 404, 'unknown-path', 'Did you mean "requests"?'],
  ['GET /__admin/requests/waits', 404, 'unknown-path', 'Did you mean "requests/wait"?'],
  ['GET /__admin/somewhere-else', 404, 'unknown-path', 'GET /__admin lists what there is.'],
  ['GET /__admin/requests/0', 404, 'unknown-exchange', 'Failed to find exchange "0"'],
  ['GET /__admin/requests?limit=x', 400, 'invalid-query', '"limit" "x": expected a whole number'],
  ['GET /__admin/requests?limt=1', 400, 'invalid-query', 'Did you mean "limit"?'],
  ['GET /__admin/requests?limit=1&limit=2', 400, 'invalid-query', 'it is there twice'],
  ['GET /__admin/health?x=1', 400, 'invalid-query', 'This path reads no query.'],
])('%s is a problem', async (line, status, code, detail) => {
  const { sendJson } = createWorld();
  const answer = await sendJson(line);
  expect(answer.headers.get('content-type')).toBe('application/problem+json');
  expect(answer.json).toEqual({
    type: `urn:modal-emulator:problem:${code}`,
    title: expect.stringMatching(/^[A-Z][a-z ]+$/),
    status,
    detail: expect.stringContaining(detail),
    instance: line.replace('GET ', '').replace(/\?.*/, ''),
  });
  expect(answer.status).toBe(status);
});

test.each([
  ['PUT /__admin/requests', 'GET, HEAD, DELETE, OPTIONS'],
  ['GET /__admin/requests/find', 'POST, OPTIONS'],
  ['HEAD /__admin/reset', 'POST, OPTIONS'],
  ['POST /__admin', 'GET, HEAD, OPTIONS'],
  ['DELETE /__admin/requests/1', 'GET, HEAD, OPTIONS'],
])('%s is not allowed, and says what is', async (line, allow) => {
  const { send } = createWorld();
  const answer = await send(line);
  expect(answer.status).toBe(405);
  expect(answer.headers.get('allow')).toBe(allow);
  if (!line.startsWith('HEAD')) expect(JSON.parse(answer.text).detail).toContain(allow);
});

test('HEAD is GET without the body', async () => {
  const { send } = createWorld();
  const get = await send('GET /__admin/health');
  const head = await send('HEAD /__admin/health');
  expect(head).toEqual({ ...get, text: '' });
  expect(head.headers.get('content-type')).toBe('application/json');
});

test('?pretty indents answers and problems', async () => {
  const { send } = createWorld();
  const health = '{\n  "status": "healthy"\n}\n';
  expect((await send('GET /__admin/health?pretty')).text).toBe(health);
  expect((await send('GET /__admin/health?pretty=true')).text).toBe(health);
  expect((await send('GET /__admin/health?pretty=false')).text).toBe('{"status":"healthy"}');
  expect((await send('GET /__admin/x?pretty')).text).toContain('\n  "status": 404,\n');
});

test('a mistake of the emulator is reported and shows nothing of itself', async () => {
  const mistake = new Error('secret in the message');
  const { sendJson, reported } = createWorld({
    config: () => {
      throw mistake;
    },
  });
  const { status, json } = await sendJson('GET /__admin/config');
  expect(status).toBe(500);
  expect(json.type).toBe('urn:modal-emulator:problem:internal-error');
  expect(JSON.stringify(json)).not.toMatch(/secret|\.ts|\bat [^t]/);
  expect(reported).toEqual([mistake]);
});

test("a usage error of the emulator is the caller's", async () => {
  const { sendJson, reported } = createWorld({
    reset: () => {
      throw new UsageError('no-reset', 'Failed to reset "x": not now. Wait.');
    },
  });
  const { status, json } = await sendJson('POST /__admin/reset');
  expect(status).toBe(400);
  expect(json).toMatchObject({
    type: 'urn:modal-emulator:problem:no-reset',
    detail: 'Failed to reset "x": not now. Wait.',
  });
  expect(reported).toEqual([]);
});

test('an answer larger than a text can be asks for less', async () => {
  const toJSON = () => 'x'.repeat(2 ** 30);
  const { sendJson } = createWorld({ config: () => ({ toJSON }) });
  const { status, json } = await sendJson('GET /__admin/config');
  expect(status).toBe(400);
  expect(json.detail).toContain('"limit"');
});
