import { expect, test } from 'vitest';
import {
  createGate,
  headerOf,
  openClient,
  postBytes,
  requestBytes,
  startServer,
  textOf,
} from './server-client.ts';

const HEALTH = requestBytes('GET /__admin/health');

test('requests in one write are answered one by one, whatever they are', async () => {
  const { emulator, port } = await startServer({ answer: 'echo' });
  const client = await openClient(port);
  const broken = requestBytes(
    'POST /',
    ['Content-Type: application/json', 'Content-Length: 1'],
    '{',
  );
  const requests = [postBytes('one'), HEALTH, broken, requestBytes('GET /'), postBytes('two')];
  await client.send([...requests, requestBytes('HEAD /nope'), HEALTH, postBytes('three')].join(''));
  const methods = ['POST', 'GET', 'POST', 'GET', 'POST', 'HEAD', 'GET', 'POST'];
  const answers = await client.answers(8, methods);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 422, 405, 200, 404, 200, 200]);
  expect([0, 4, 7].map((index) => textOf(answers[index]).split(' ')[0])).toEqual([
    'one',
    'two',
    'three',
  ]);
  expect(emulator.journal.total).toBe(6);
});

test('answers that are ready earlier wait for their turn', async () => {
  const gate = createGate();
  const { port } = await startServer({}, { answers: gate.source });
  const client = await openClient(port);
  await client.send(postBytes('one'), postBytes('two'), requestBytes('GET /'), postBytes('three'));
  await gate.reached(3);
  gate.release(2, 1);
  gate.release(0);
  const answers = await client.answers(4);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 405, 200]);
  expect([0, 1, 3].map((index) => textOf(answers[index]))).toEqual(['one', 'two', 'three']);
});

test('who pipelines without end is not read without end, and loses nothing', async () => {
  const gate = createGate();
  const { port } = await startServer({}, { answers: gate.source });
  const client = await openClient(port);
  const total = 20_000;
  const sent = client.send(...Array.from({ length: total }, (_, index) => postBytes(`${index}`)));
  await gate.reached(100);
  // An exchange on another connection goes through the server's whole loop.
  for (let turn = 0; turn < 20; turn += 1) {
    const other = await openClient(port);
    await other.send(HEALTH);
    await other.answers(1);
  }
  expect(gate.held).toBeLessThan(2000);
  const answers = client.answers(total);
  const pump = setInterval(() => gate.release(), 1);
  const texts = (await answers).map(textOf);
  clearInterval(pump);
  await sent;
  expect(texts).toEqual(Array.from({ length: total }, (_, index) => `${index}`));
});

test('one connection carries many requests', async () => {
  const { emulator, port } = await startServer({ answer: 'echo' });
  const client = await openClient(port);
  for (let index = 0; index < 500; index += 1) {
    await client.send(postBytes(`${index} of many`));
    const [answer] = await client.answers(1);
    expect(textOf(answer)).toContain(`${index} of many`);
  }
  expect(emulator.journal.total).toBe(500);
});

test('answers without a body do not upset what follows', async () => {
  const { port } = await startServer({
    function: { method: 'GET', query: { prompt: 'str' }, docs: true },
  });
  const client = await openClient(port);
  const preflight = ['Origin: https://a.example', 'Access-Control-Request-Method: GET'];
  await client.send(
    requestBytes('HEAD /'),
    requestBytes('HEAD /docs'),
    requestBytes('GET /docs/'),
    requestBytes('OPTIONS /', preflight),
    requestBytes('OPTIONS /__admin'),
    requestBytes('HEAD /__admin'),
    requestBytes('GET /?prompt=hi'),
  );
  const methods = ['HEAD', 'HEAD', 'GET', 'OPTIONS', 'OPTIONS', 'HEAD', 'GET'];
  const answers = await client.answers(7, methods);
  expect(answers.map(({ status }) => status)).toEqual([405, 200, 307, 200, 204, 200, 200]);
  expect(Number(headerOf(answers[1], 'content-length'))).toBeGreaterThan(500);
  expect(headerOf(answers[4], 'content-length')).toBeUndefined();
  expect(answers[6]?.body.toString()).toBe('{"prompt":"hello world"}');
});

test('HTTP/1.0 closes, or keeps the connection when it is asked to', async () => {
  const { port } = await startServer();
  const old = (...headers: string[]) =>
    postBytes('hi', headers).replace('HTTP/1.1', 'HTTP/1.0').replace('Host: localhost\r\n', '');
  const closing = await openClient(port);
  await closing.send(old());
  expect((await closing.answers(1))[0]?.status).toBe(200);
  expect(await closing.rest()).toBe('');
  const keeping = await openClient(port);
  for (let count = 0; count < 2; count += 1) {
    await keeping.send(old('Connection: keep-alive'));
    const [answer] = await keeping.answers(1);
    expect([answer?.status, headerOf(answer, 'connection')]).toEqual([200, 'keep-alive']);
  }
});

test('a stream over HTTP/1.0 ends with the connection', async () => {
  const events = ['data: one\n\n', 'data: two\n\n'];
  const { port } = await startServer({ function: { handler: { kind: 'stream', events } } });
  const client = await openClient(port);
  await client.send(postBytes('hi', ['Connection: keep-alive']).replace('HTTP/1.1', 'HTTP/1.0'));
  const answer = await client.rest();
  expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  expect(answer.split('\r\n\r\n')[1]).toBe(events.join(''));
});

test('two streams on one connection do not mix', async () => {
  const events = Array.from({ length: 500 }, (_, index) => `data: ${index}\n\n`);
  const { port } = await startServer({ function: { handler: { kind: 'stream', events } } });
  const client = await openClient(port);
  await client.send(postBytes('one'), postBytes('two'), requestBytes('GET /'));
  const answers = await client.answers(3);
  expect(answers.map(({ body }) => body.toString())).toEqual([
    events.join(''),
    events.join(''),
    '{"detail":"Method Not Allowed"}',
  ]);
});

test('a connection that asks for an upgrade is answered as any other', async () => {
  const { port } = await startServer();
  const client = await openClient(port);
  for (const headers of [['Connection: Upgrade', 'Upgrade: h2c'], []]) {
    await client.send(postBytes('hi', headers));
    expect((await client.answers(1))[0]?.status).toBe(200);
  }
});
