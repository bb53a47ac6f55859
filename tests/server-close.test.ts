import { connect } from 'node:net';
import { expect, test } from 'vitest';
import {
  createGate,
  openClient,
  postBytes,
  requestBytes,
  startServer,
  textOf,
} from './server-client.ts';

const READY = requestBytes('GET /__admin/ready');
const ENDED = 'closed at once';

/** Proves that nothing had to be cut off: the drain would have taken longer than the test may. */
const NEVER = { drainTimeoutMs: 3_600_000 };

function refusalOf(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve('connected'));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
}

test('idle connections do not hold up the end, whatever they did before', async () => {
  const { server, port } = await startServer({ bodyMaxBytes: 100 });
  const fresh = await openClient(port);
  const kept = await openClient(port);
  await kept.send(postBytes('hi'));
  await kept.answers(1);
  const begun = await openClient(port);
  await begun.send('POST / HTTP/1.1\r\nHo');
  const refused = await openClient(port);
  await refused.send(requestBytes('POST /', ['Content-Length: 1000'], 'abc'));
  await refused.answers(1);
  const unknown = await openClient(port);
  await unknown.send('FOO / HT');
  await server.close(NEVER);
  await Promise.all([fresh, kept, begun, refused, unknown].map(({ closed }) => closed));
  expect(await refusalOf(port)).toBe('ECONNREFUSED');
});

test('exchanges under way end, new connections are refused', async () => {
  const gate = createGate();
  const { server, port } = await startServer({}, { answers: gate.source });
  const client = await openClient(port);
  await client.send(postBytes('one'), postBytes('two'), requestBytes('GET /__admin/health'));
  await gate.reached(2);
  let hasClosed = false;
  const closed = server.close(NEVER).then(() => {
    hasClosed = true;
  });
  expect(await refusalOf(port)).toBe('ECONNREFUSED');
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasClosed).toBe(false);
  gate.release();
  const answers = await client.answers(3);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(answers.slice(0, 2).map(textOf)).toEqual(['one', 'two']);
  await closed;
  expect(await client.closed.then(() => ENDED)).toBe(ENDED);
});

test('a server that drains says so to those who are still connected', async () => {
  const gate = createGate();
  const { server, port } = await startServer({}, { answers: gate.source });
  const client = await openClient(port);
  await client.send(postBytes('one'));
  await gate.reached(1);
  const closed = server.close(NEVER);
  await client.send(READY, postBytes('two'));
  await gate.reached(2);
  gate.release();
  const answers = await client.answers(3);
  expect(answers.map(({ status }) => status)).toEqual([200, 503, 200]);
  expect(answers[1]?.body.toString()).toContain('"urn:modal-emulator:problem:not-ready"');
  await closed;
});

test('an answer that is written but not yet sent is sent', async () => {
  const bytes = 32 * 1024 * 1024;
  const { emulator, server, port } = await startServer({ answer: 'echo' });
  const client = await openClient(port);
  client.socket.pause();
  await client.send(postBytes('a'.repeat(bytes)));
  while (emulator.journal.total < 1) await new Promise((resolve) => setImmediate(resolve));
  const closed = server.close(NEVER);
  client.socket.resume();
  expect((await client.answers(1))[0]?.body.length).toBeGreaterThan(bytes);
  await closed;
});

test('a stream under way is sent to its end', async () => {
  const events = Array.from({ length: 2000 }, () => 'x'.repeat(5000));
  const { server, port } = await startServer({ function: { handler: { kind: 'stream', events } } });
  const client = await openClient(port);
  let closed: Promise<void> | undefined;
  client.socket.once('data', () => {
    closed = server.close(NEVER);
  });
  await client.send(postBytes('hi'));
  expect((await client.answers(1))[0]?.body.length).toBe(10_000_000);
  await closed;
});

test('what hangs is cut off when the time is over', async () => {
  const gate = createGate();
  const { emulator, server, port } = await startServer({}, { answers: gate.source });
  const [slow, half, lost] = [
    await openClient(port),
    await openClient(port),
    await openClient(port),
  ];
  await slow.send(postBytes('one'));
  await half.send(postBytes('two').slice(0, -3));
  await lost.send(postBytes('three'), 'garbage\r\n\r\n');
  await gate.reached(2);
  await server.close({ drainTimeoutMs: 50 });
  await Promise.all([slow.closed, half.closed, lost.closed]);
  gate.release();
  await new Promise((resolve) => setImmediate(resolve));
  expect(emulator.journal.list().map(({ outcome }) => outcome.kind)).toEqual([
    'abandoned',
    'abandoned',
  ]);
});

test.each([
  ['by query', requestBytes('GET /__admin/requests/wait?timeout=60s')],
  [
    'by body',
    requestBytes(
      'POST /__admin/requests/wait?timeout=60s',
      ['Content-Type: application/json', 'Content-Length: 11'],
      '{"count":9}',
    ),
  ],
])('who waits for exchanges (%s) is told that there will be none', async (_, request) => {
  const { server, port } = await startServer();
  const client = await openClient(port);
  await client.send(request, requestBytes('GET /__admin/health'));
  const other = await openClient(port);
  // The control plane is loaded with its first request, and answers in turn from then on.
  await other.send(READY);
  await other.answers(1);
  const closed = server.close(NEVER);
  const answers = await client.answers(2);
  expect(answers.map(({ status }) => status)).toEqual([503, 200]);
  expect(answers[0]?.body.toString()).toContain('Failed to wait: the server finishes');
  await closed;
});

test('closing twice is closing once', async () => {
  const { server } = await startServer();
  await Promise.all([server.close(NEVER), server.close(NEVER)]);
  await server.close(NEVER);
});
