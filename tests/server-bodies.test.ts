import { expect, test, vi } from 'vitest';
import { join, LOOSE_MAX, pack } from '../src/emulator/node/chunks.ts';
import {
  createGate,
  headerOf,
  openClient,
  postBytes,
  requestBytes,
  startServer,
  statusOfNext,
  textOf,
} from './server-client.ts';

const CHUNKED = requestBytes('POST /', [
  'Content-Type: application/json',
  'Transfer-Encoding: chunked',
]);
const CONTINUE = 'Expect: 100-continue';
const TOO_LARGE = 'modal-http: request body too large\n';
const KIBIBYTE = 1024;

/** A prompt that makes a body of exactly so many bytes. */
const promptFor = (bytes: number) => 'a'.repeat(bytes - '{"prompt":""}'.length);

function chunk(bytes: string): string {
  return `${bytes.length.toString(16)}\r\n${bytes}\r\n`;
}

test('a body at the limit is taken, one byte more is not, said or in chunks', async () => {
  const { emulator, port } = await startServer({ bodyMaxBytes: 1000 });
  for (const [bytes, status] of [
    [999, 200],
    [1000, 200],
    [1001, 413],
  ] as const) {
    const client = await openClient(port);
    const body = JSON.stringify({ prompt: promptFor(bytes) });
    const chunks = [body.slice(0, 600), body.slice(600)].map(chunk).join('');
    await client.send(postBytes(promptFor(bytes)), `${CHUNKED}${chunks}0\r\n\r\n`, postBytes('x'));
    const answers = await client.answers(3);
    expect(answers.map((answer) => answer.status)).toEqual([status, status, 200]);
    if (status === 413) expect(answers[0]?.body.toString()).toBe(TOO_LARGE);
  }
  const statuses = emulator.journal
    .list()
    .map(({ outcome }) => 'status' in outcome && outcome.status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 413, 413, 200]);
});

test('the default limit is 64 MiB', async () => {
  const { port } = await startServer();
  for (const [bytes, status] of [
    [64 * KIBIBYTE ** 2, 100],
    [64 * KIBIBYTE ** 2 + 1, 413],
  ] as const) {
    const client = await openClient(port);
    await client.send(requestBytes('POST /', [CONTINUE, `Content-Length: ${bytes}`]));
    expect((await client.answers(1))[0]?.status).toBe(status);
  }
});

test('who asks before sending is told to go on, or refused and disconnected', async () => {
  const { port } = await startServer({ bodyMaxBytes: 1000, answer: 'echo' });
  const [head = '', body = ''] = postBytes('hi', [CONTINUE]).split(/(?<=\r\n\r\n)/);
  const polite = await openClient(port);
  await polite.send(head);
  expect((await polite.answers(1))[0]?.status).toBe(100);
  await polite.send(body);
  expect(textOf((await polite.answers(1))[0])).toMatch(/^hi/);
  const refused = await openClient(port);
  await refused.send(requestBytes('POST /', [CONTINUE, 'Content-Length: 1001']));
  const [answer] = await refused.answers(1);
  expect([answer?.status, headerOf(answer, 'connection')]).toEqual([413, 'close']);
  expect(await refused.rest()).toBe('');
});

test('a client that sends everything before it listens can read its refusal', async () => {
  const { server, port } = await startServer({ bodyMaxBytes: 1000 });
  const body = 'a'.repeat(20 * KIBIBYTE ** 2);
  const fetched = await fetch(server.url, { method: 'POST', body });
  expect([fetched.status, await fetched.text()]).toEqual([413, TOO_LARGE]);
  const client = await openClient(port);
  await client.send(requestBytes('POST /', [`Content-Length: ${body.length}`]), body);
  await client.send(postBytes('next'));
  expect((await client.answers(2)).map(({ status }) => status)).toEqual([413, 200]);
});

test('refused uploads are not kept', async () => {
  const { port } = await startServer();
  const client = await openClient(port);
  const piece = Buffer.from(chunk('a'.repeat(KIBIBYTE ** 2)));
  await client.send(CHUNKED);
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for (let count = 0; count < 384; count += 1) {
    await client.send(piece);
    most = Math.max(most, process.memoryUsage().arrayBuffers - before);
  }
  await client.send('0\r\n\r\n');
  expect((await client.answers(1))[0]?.status).toBe(413);
  // 64 MiB may be held until the limit is met, and as much may wait to be collected.
  expect(most).toBeLessThan(256 * KIBIBYTE ** 2);
});

test('one-byte chunks are put together on the way', () => {
  const chunks: Buffer[] = [];
  let packed = 0;
  const text = Array.from({ length: 100_000 }, (_, index) => String(index % 10)).join('');
  for (const character of text) {
    chunks.push(Buffer.from(character));
    if (chunks.length - packed === LOOSE_MAX) packed = pack(chunks, packed);
  }
  expect(chunks.length).toBeLessThan(2 * LOOSE_MAX + text.length / LOOSE_MAX);
  expect(Buffer.from(join(chunks, text.length)).toString()).toBe(text);
  const large = Array.from({ length: LOOSE_MAX }, () => Buffer.alloc(65_536));
  expect(pack(large, 0)).toBe(LOOSE_MAX);
});

test('a body of one-byte chunks arrives whole', async () => {
  const { port } = await startServer({ answer: 'echo' });
  const prompt = Array.from({ length: 5000 }, (_, index) => index).join(' ');
  const client = await openClient(port);
  const chunks = Array.from(JSON.stringify({ prompt }), chunk);
  await client.send(CHUNKED, chunks.join(''), '0\r\n\r\n');
  expect(textOf((await client.answers(1))[0]).slice(0, prompt.length)).toBe(prompt);
});

test('a request that comes byte by byte is a request', async () => {
  const { port } = await startServer({ answer: 'echo' });
  const client = await openClient(port);
  for (const byte of postBytes('slowly')) await client.send(byte);
  expect(textOf((await client.answers(1))[0])).toMatch(/^slowly/);
});

test('all bodies together have a limit, and who leaves makes room', async () => {
  const limits = { bodiesMaxBytes: 1000 };
  const { emulator, port } = await startServer({ bodyMaxBytes: 1000 }, {}, limits);
  const half = await openClient(port);
  const whole = postBytes(promptFor(900));
  await half.send(whole.slice(0, -100));
  const other = await openClient(port);
  let sent = 0;
  const expectOfOther = (status: number) =>
    vi.waitFor(async () => {
      await other.send(whole);
      sent += 1;
      expect((await other.answers(1))[0]?.status).toBe(status);
    });
  await expectOfOther(503);
  half.socket.destroy();
  await expectOfOther(200);
  // The half was no exchange.
  expect(emulator.journal.total).toBe(sent);
});

test('a body counts until its answer is there', async () => {
  const gate = createGate();
  const limits = { bodiesMaxBytes: 1000 };
  const { port } = await startServer({ bodyMaxBytes: 1000 }, { answers: gate.source }, limits);
  const [first, second] = [await openClient(port), await openClient(port)];
  await first.send(postBytes(promptFor(900)));
  await gate.reached(1);
  await second.send(postBytes(promptFor(900)));
  expect((await second.answers(1))[0]?.status).toBe(503);
  gate.release();
  expect((await first.answers(1))[0]?.status).toBe(200);
  await second.send(postBytes(promptFor(900)));
  await gate.reached(1);
  gate.release();
  expect((await second.answers(1))[0]?.status).toBe(200);
});

test('a large body counts until the client has taken the answer', async () => {
  const bytes = 16 * KIBIBYTE ** 2;
  const options = { answer: 'echo', bodyMaxBytes: bytes } as const;
  const { port } = await startServer(options, {}, { bodiesMaxBytes: bytes });
  const [first, second] = [await openClient(port), await openClient(port)];
  first.socket.pause();
  await first.send(postBytes(promptFor(bytes)));
  await vi.waitFor(async () => {
    await second.send(postBytes('small'));
    expect((await second.answers(1))[0]?.status).toBe(503);
  });
  first.socket.resume();
  expect((await first.answers(1))[0]?.status).toBe(200);
  await vi.waitFor(async () => expect(await statusOfNext(port)).toBe(200));
});

test('a client that never takes its large answer does not hold its place for ever', async () => {
  const bytes = 16 * KIBIBYTE ** 2;
  const limits = { bodiesMaxBytes: bytes, requestTimeoutMs: 1000 };
  const { port } = await startServer({ answer: 'echo', bodyMaxBytes: bytes }, {}, limits);
  const stalled = await openClient(port);
  stalled.socket.pause();
  await stalled.send(postBytes(promptFor(bytes)));
  await vi.waitFor(async () => expect(await statusOfNext(port)).toBe(503));
  await vi.waitFor(async () => expect(await statusOfNext(port)).toBe(200), { timeout: 10_000 });
  stalled.socket.resume();
  await expect(stalled.answers(1)).rejects.toThrow('closed after 0 of 1 answers');
});
