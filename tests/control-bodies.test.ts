import { expect, test } from 'vitest';
import { createWorld } from './control-world.ts';

const codeOf = (json: { type: string }) => json.type.replace('urn:modal-emulator:problem:', '');

const find = (contentType: string | null, body = '{}') =>
  createWorld().sendJson('POST /__admin/requests/find', {
    body,
    headers: contentType === null ? {} : { 'content-type': contentType },
  });

test.each(['application/json', 'Application/JSON; charset=utf-8', ' application/json ;x=y'])(
  '%s is read',
  async (contentType) => expect((await find(contentType)).status).toBe(200),
);

test.each([
  'text/plain',
  'text/plain; application/json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=application/json',
  'application/jsonp',
  'application/json, text/plain',
  null,
])('%s is refused', async (contentType) => {
  const { status, json } = await find(contentType);
  expect([status, codeOf(json)]).toEqual([415, 'unsupported-content-type']);
  expect(json.detail).toContain('Content-Type: application/json');
});

test('bytes without a type, and an empty form, are refused', async () => {
  const { control, sendJson } = createWorld();
  const body = new TextEncoder().encode('{}');
  const url = 'http://localhost/__admin/requests/find';
  const untyped = await control.fetch(new Request(url, { method: 'POST', body }));
  expect(untyped.status).toBe(415);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect((await sendJson('POST /__admin/reset', { headers })).status).toBe(415);
});

test.each([
  ['{', 'it is not JSON ('],
  ['{"match":{"status":NaN}}', 'it is not JSON ('],
  ['['.repeat(60_000), 'it is not JSON ('],
])('bad JSON %#', async (body, detail) => {
  const { status, json } = await find('application/json', body);
  expect([status, codeOf(json)]).toEqual([400, 'invalid-json']);
  expect(json.detail).toContain(detail);
});

test('deeply nested JSON is only refused', async () => {
  const { status } = await find(
    'application/json',
    `{"match":${'['.repeat(30_000)}${']'.repeat(30_000)}}`,
  );
  expect(status).toBe(400);
});

test('a prototype in the body is an unknown key', async () => {
  for (const body of ['{"__proto__":{}}', '{"match":{"constructor":{}}}']) {
    expect((await find('application/json', body)).json.detail).toContain('unknown key');
  }
});

test('64 KiB are read, one byte more is not', async () => {
  const sized = (bytes: number) => `{}${' '.repeat(bytes - 2)}`;
  expect((await find('application/json', sized(65_536))).status).toBe(200);
  const { status, json } = await find('application/json', sized(65_537));
  expect([status, codeOf(json)]).toEqual([413, 'body-too-large']);
});

test('a body without an end is left after 64 KiB, a declared one before', async () => {
  const { control } = createWorld();
  let pulled = 0;
  let isCancelled = false;
  const endless = () =>
    new ReadableStream<Uint8Array>({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024));
      },
      cancel: () => {
        isCancelled = true;
      },
    });
  const post = (headers: Record<string, string>) =>
    control.fetch(
      new Request('http://localhost/__admin/requests/find', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: endless(),
        duplex: 'half',
      } as RequestInit),
    );
  expect((await post({})).status).toBe(413);
  expect(isCancelled).toBe(true);
  expect(pulled).toBeLessThan(70);
  pulled = 0;
  expect((await post({ 'content-length': '65537' })).status).toBe(413);
  expect(pulled).toBeLessThan(3);
});
