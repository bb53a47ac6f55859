import { expect, test, vi } from 'vitest';
import type { Outcome } from '../src/emulator/index.ts';
import { createEmulator, createVirtualClock, type Emulator } from '../src/emulator/index.ts';
import {
  createGate,
  headerOf,
  openClient,
  postBytes,
  requestBytes,
  startServer,
  statusOfNext,
} from './server-client.ts';

const JSON_TYPE = 'Content-Type: application/json';

function controlPost(path: string, body: string): string {
  return requestBytes(`POST /__admin${path}`, [JSON_TYPE, `Content-Length: ${body.length}`], body);
}

test('bodies reach the control plane whole, however they are cut', async () => {
  const { port } = await startServer();
  const client = await openClient(port);
  await client.send(postBytes('hi'), postBytes('ho'));
  await client.answers(2);
  const request = controlPost('/requests/count', '{"match":{"prompt":"ho"}}');
  for (const byte of request) await client.send(byte);
  const chunked = requestBytes(
    'POST /__admin/requests/count',
    [JSON_TYPE, 'Transfer-Encoding: chunked'],
    '2\r\n{}\r\n0\r\n\r\n',
  );
  await client.send(chunked);
  const answers = await client.answers(2);
  expect(answers.map(({ body }) => JSON.parse(body.toString()).count)).toEqual([1, 2]);
});

test('a large body is refused readably, and the server goes on', async () => {
  const { server, port } = await startServer();
  const headers = { 'content-type': 'application/json' };
  const body = 'a'.repeat(5_000_000);
  const url = `${server.url}/__admin/requests/find`;
  const response = await fetch(url, { method: 'POST', headers, body });
  expect([response.status, await response.json()]).toMatchObject([
    413,
    { title: 'Body too large' },
  ]);
  expect(await statusOfNext(port)).toBe(200);
});

test('half a body and a client that leaves is nothing', async () => {
  const { emulator, port } = await startServer();
  const client = await openClient(port);
  await client.send(controlPost('/reset', '{"a":1}').slice(0, -3));
  client.socket.resetAndDestroy();
  await client.closed;
  expect(await statusOfNext(port)).toBe(200);
  expect(emulator.journal.total).toBe(1);
});

test('a client that leaves ends its wait', async () => {
  const clock = createVirtualClock();
  const { port } = await startServer({}, { clock });
  const client = await openClient(port);
  await client.send(requestBytes('GET /__admin/requests/wait?timeout=60s'));
  await vi.waitFor(() => expect(clock.sleeping).toBe(1));
  client.socket.resetAndDestroy();
  await vi.waitFor(() => expect(clock.sleeping).toBe(0));
});

test('a wait is answered by the exchange it waits for', async () => {
  const clock = createVirtualClock();
  const { port } = await startServer({}, { clock });
  const client = await openClient(port);
  await client.send(controlPost('/requests/wait', '{"count":1,"timeout":"60s"}'));
  await vi.waitFor(() => expect(clock.sleeping).toBe(1));
  expect(await statusOfNext(port)).toBe(200);
  const [answer] = await client.answers(1);
  expect([answer?.status, JSON.parse(answer?.body.toString() ?? '').count]).toEqual([200, 1]);
  expect(clock.sleeping).toBe(0);
});

test.each([
  ['/__admin/../', 404],
  ['/__admin/x/../../', 404],
  ['/__admin/.', 404],
  ['//__admin/health', 404],
  ['/__adminx', 404],
  ['http://localhost/__admin/health', 404],
])('%s belongs to the function', async (target, status) => {
  const { emulator, port } = await startServer();
  const client = await openClient(port);
  await client.send(requestBytes(`POST ${target}`, [JSON_TYPE, 'Content-Length: 2'], '{}'));
  const [answer] = await client.answers(1);
  expect([answer?.status, headerOf(answer, 'vary')]).toEqual([status, 'Origin']);
  expect(emulator.journal.list()[0]?.request.target).toBe(target);
});

test('a source that throws, at once or later, is a crash of the function', async () => {
  const crashes: string[] = [];
  for (const answer of [
    () => {
      throw new Error('at once');
    },
    () => Promise.reject(new Error('later')),
  ]) {
    const answers = { name: 'broken', summary: '', needsPrompt: false, answer };
    const surroundings = { answers, onCrash: (reason: string) => crashes.push(reason) };
    const { port } = await startServer({}, surroundings);
    const client = await openClient(port);
    await client.send(postBytes('hi'), requestBytes('GET /'));
    const replies = await client.answers(2);
    expect(replies.map(({ status }) => status)).toEqual([500, 405]);
    expect(replies[0]?.body.toString()).toBe('Internal Server Error');
  }
  expect(crashes).toEqual(['Error: at once', 'Error: later']);
});

const REPLY: Outcome = { kind: 'reply', reply: { status: 200, headers: [['a', 'b\n']], body: '' } };

test.each<readonly [string, Emulator['handle']]>([
  [
    'throws',
    () => {
      throw new Error('broken on purpose');
    },
  ],
  ['rejects', () => Promise.reject(new Error('broken on purpose'))],
  ['answers what cannot be written', () => REPLY],
  ['answers later what cannot be written', async () => REPLY],
])('an emulator that %s is reported, answered 500, and goes on', async (_, handle) => {
  const onError = vi.fn();
  const emulator = { ...createEmulator(), handle };
  const { port } = await startServer({}, { emulator }, { onError });
  const client = await openClient(port);
  await client.send(postBytes('hi'), postBytes('ho'));
  expect((await client.answers(2)).map(({ status }) => status)).toEqual([500, 500]);
  expect(onError).toHaveBeenCalledTimes(2);
});

test('a listener that throws costs its exchange only', async () => {
  const onError = vi.fn();
  const gate = createGate();
  const onExchange = () => {
    throw new Error('broken on purpose');
  };
  const slow = await startServer({}, { onExchange, answers: gate.source }, { onError });
  const client = await openClient(slow.port);
  await client.send(postBytes('hi'));
  await gate.reached(1);
  gate.release();
  expect((await client.answers(1))[0]?.status).toBe(500);
  for (const request of [requestBytes('GET /'), requestBytes('FOO /'), requestBytes('CONNECT /')]) {
    expect(await statusOfNext(slow.port, request)).toBe(500);
  }
  const tooLarge = await startServer({ bodyMaxBytes: 1 }, { onExchange }, { onError });
  expect(await statusOfNext(tooLarge.port)).toBe(500);
  expect(onError).toHaveBeenCalledTimes(5);
  expect(await statusOfNext(tooLarge.port, requestBytes('GET /__admin/health'))).toBe(200);
});
