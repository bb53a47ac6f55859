import { EventEmitter, once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { createEmulator, type Emulator } from '../src/emulator/index.ts';
import { tellOfClosing } from '../src/emulator/node/queued-answers.ts';
import {
  createGate,
  openClient,
  postBytes,
  requestBytes,
  startServer,
  statusOfNext,
} from './server-client.ts';

const kindsOf = (emulator: Emulator) =>
  emulator.journal.list().map(({ request, outcome }) => [request.prompt, outcome.kind]);

test('half a request and then nothing is no exchange', async () => {
  const { emulator, port } = await startServer();
  const whole = postBytes('hi');
  for (const bytes of ['', 'P', 'POST / HT', 'POST / HTTP/1.1\r\nHo', whole.slice(0, -3)]) {
    const client = await openClient(port);
    await client.send(bytes);
    client.socket.end();
    await client.closed;
    const rude = await openClient(port);
    await rude.send(bytes);
    rude.socket.resetAndDestroy();
  }
  expect(await statusOfNext(port)).toBe(200);
  expect(emulator.journal.total).toBe(1);
});

test('what never became a request is told of, with the reason', async () => {
  const told: string[] = [];
  const { port } = await startServer({}, {}, { onUnread: (reason) => told.push(reason) });
  const expectTold = (part: string) =>
    vi.waitFor(() => expect(told.join('\n')).toContain(part), { timeout: 10_000 });
  const rude = await openClient(port);
  await rude.send(postBytes('hi').slice(0, -3));
  rude.socket.resetAndDestroy();
  await expectTold('its client left after');
  const garbled = await openClient(port);
  await garbled.send('garbage\r\n\r\n');
  await expectTold('Failed to read the request');
  const hostless = await openClient(port);
  await hostless.send('GET / HTTP/1.1\r\n\r\n');
  await expectTold('it names no host');
  expect(told).toHaveLength(3);
});

test('half a request and then silence is given up', async () => {
  const limits = { headersTimeoutMs: 100, requestTimeoutMs: 100 };
  const { emulator, port } = await startServer({}, {}, limits);
  const half = [
    postBytes('hi').slice(0, -3),
    'POST / HTTP/1.1\r\nHost: a\r\n',
    'P',
    'FOO / HTTP/1.',
  ];
  const clients = await Promise.all(
    half.map(async (bytes) => {
      const client = await openClient(port);
      await client.send(bytes);
      return client;
    }),
  );
  for (const client of clients.slice(0, 3)) expect((await client.answers(1))[0]?.status).toBe(408);
  for (const client of clients) expect(await client.rest()).toBe('');
  expect(emulator.journal.total).toBe(0);
  expect(await statusOfNext(port)).toBe(200);
});

test('a request timeout alone shortens the one for headers too', async () => {
  const { port } = await startServer({}, {}, { requestTimeoutMs: 100 });
  const client = await openClient(port);
  await client.send('POST / HTTP/1.1\r\n');
  expect((await client.answers(1))[0]?.status).toBe(408);
});

test('silence after a refusal closes the connection without a second answer', async () => {
  const { port } = await startServer({ bodyMaxBytes: 10 }, {}, { requestTimeoutMs: 100 });
  const client = await openClient(port);
  await client.send(requestBytes('POST /', ['Content-Length: 1000'], 'abc'));
  expect((await client.answers(1))[0]?.status).toBe(413);
  expect(await client.rest()).toBe('');
});

test('a slow answer is no slow request', async () => {
  const gate = createGate();
  const { port } = await startServer({}, { answers: gate.source }, { requestTimeoutMs: 50 });
  const [slow, half] = [await openClient(port), await openClient(port)];
  await slow.send(postBytes('hi'));
  await gate.reached(1);
  // The one that is given up shows that the time was over for the other.
  await half.send(postBytes('hi').slice(0, -3));
  expect((await half.answers(1))[0]?.status).toBe(408);
  gate.release();
  expect((await slow.answers(1))[0]?.status).toBe(200);
});

test('a client that leaves before its answer has abandoned the exchange', async () => {
  const gate = createGate();
  const { emulator, port } = await startServer({}, { answers: gate.source });
  const [leaving, staying] = [await openClient(port), await openClient(port)];
  await leaving.send(postBytes('one'), postBytes('two'), postBytes('three'));
  await gate.reached(3);
  leaving.socket.resetAndDestroy();
  await leaving.closed;
  await staying.send(postBytes('four'));
  await gate.reached(4);
  // What the server sees in one turn it acts upon before the next request.
  expect(await statusOfNext(port, requestBytes('GET /__admin/health'))).toBe(200);
  gate.release();
  expect((await staying.answers(1))[0]?.status).toBe(200);
  expect(kindsOf(emulator)).toEqual([
    ['one', 'abandoned'],
    ['two', 'abandoned'],
    ['three', 'abandoned'],
    ['four', 'reply'],
  ]);
});

test('an answer that waits for its turn hears of the end, also where Node does not say it', async () => {
  const socket = new EventEmitter();
  const response = Object.assign(new EventEmitter(), {
    socket: null,
    req: { socket },
    destroy: vi.fn(),
  });
  // All that it uses of an answer.
  tellOfClosing(response as unknown as ServerResponse);
  const closed = once(response, 'close');
  socket.emit('close');
  await closed;
  expect(response.destroy).toHaveBeenCalledOnce();
});

test('a client that leaves a stream ends it', async () => {
  const events = Array.from({ length: 10_000 }, () => 'x'.repeat(10_000));
  const { emulator, port } = await startServer({
    function: { handler: { kind: 'stream', events } },
  });
  const client = await openClient(port);
  client.socket.once('data', () => client.socket.resetAndDestroy());
  // The second waits for its turn, which never comes.
  await client.send(postBytes('one'), postBytes('two'));
  await vi.waitFor(() =>
    expect(kindsOf(emulator).sort()).toEqual([
      ['one', 'abandoned'],
      ['two', 'abandoned'],
    ]),
  );
});

/** An emulator whose every answer is a stream that knows what becomes of it. */
function createStreaming(chunks: () => AsyncIterable<string>) {
  const stream = { pulled: 0, isOver: false };
  async function* body() {
    try {
      for await (const chunk of chunks()) {
        stream.pulled += 1;
        yield chunk;
      }
    } finally {
      stream.isOver = true;
    }
  }
  const emulator: Emulator = {
    ...createEmulator(),
    handle: () => ({ kind: 'reply', reply: { status: 200, headers: [], body: body() } }),
  };
  return { stream, emulator };
}

async function* endless() {
  for (;;) yield 'x'.repeat(65_536);
}

test('an endless stream is pulled no faster than its client reads', async () => {
  const { stream, emulator } = createStreaming(endless);
  const { port } = await startServer({}, { emulator });
  const client = await openClient(port);
  client.socket.pause();
  await client.send(postBytes('hi'));
  let last = -1;
  // It stands still once the buffers between the two are full.
  await vi.waitFor(
    () => {
      const previous = last;
      last = stream.pulled;
      expect(previous > 0 && previous === last).toBe(true);
    },
    { interval: 100 },
  );
  expect(last).toBeLessThan(1000);
  client.socket.resume();
  await vi.waitFor(() => expect(stream.pulled).toBeGreaterThan(last + 100));
  client.socket.destroy();
  await vi.waitFor(() => expect(stream.isOver).toBe(true));
});

test('a stream that breaks in the middle breaks its connection, and no more', async () => {
  async function* breaking() {
    yield 'one';
    throw new Error('broken on purpose');
  }
  const { stream, emulator } = createStreaming(breaking);
  const { port } = await startServer({}, { emulator });
  const client = await openClient(port);
  await client.send(postBytes('hi'));
  const answer = await client.rest();
  expect(answer).toContain('3\r\none\r\n');
  expect(answer).not.toContain('0\r\n\r\n');
  expect(stream.isOver).toBe(true);
  expect((await openClient(port)).socket.destroyed).toBe(false);
});
