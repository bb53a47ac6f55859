import { expect, test } from 'vitest';
import type { WireAnswer } from './doors.ts';
import {
  createGate,
  headerOf,
  openClient,
  postBytes,
  requestBytes,
  startServer,
  textOf,
} from './server-client.ts';

/** Some that Node knows, some that it does not, and one for which it gives up the connection. */
const METHODS = ['FOO', 'post', 'POST!', 'M-FOO', 'TRACE', 'QUERY', 'PROPFIND', 'CONNECT'];
const BODY = '{"prompt":"hi"}';
const NOT_ALLOWED = '{"detail":"Method Not Allowed"}';
const NOT_FOUND = '{"detail":"Not Found"}';

/** What FastAPI decides of an answer; the rest is the connection's. */
function decided(answer: WireAnswer | undefined) {
  const names = ['date', 'connection', 'keep-alive'];
  const headers = answer?.headers.filter(([name]) => !names.includes(name)) ?? [];
  return { status: answer?.status, headers: new Map(headers), body: answer?.body.toString() };
}

async function answerTo(port: number, ...parts: readonly string[]) {
  const client = await openClient(port);
  for (const part of parts) await client.send(part);
  const [answer] = await client.answers(1);
  client.socket.destroy();
  return answer;
}

test.each(METHODS)('%s is refused as FastAPI refuses it', async (method) => {
  const { emulator, port } = await startServer();
  const headers: readonly (readonly [string, string])[] = [
    ['content-length', '31'],
    ['allow', 'POST'],
    ['content-type', 'application/json'],
    ['vary', 'Origin'],
  ];
  const expected = { status: 405, headers: new Map(headers), body: NOT_ALLOWED };
  expect(decided(await answerTo(port, requestBytes(`${method} /`)))).toEqual(expected);
  const withBody = requestBytes(`${method} /`, [`Content-Length: ${BODY.length}`], BODY);
  expect(decided(await answerTo(port, withBody))).toEqual(expected);
  const elsewhere = await answerTo(port, requestBytes(`${method} /nope`));
  expect([elsewhere?.status, elsewhere?.body.toString()]).toEqual([404, NOT_FOUND]);
  expect(emulator.journal.list().map(({ request }) => [request.method, request.target])).toEqual([
    [method, '/'],
    [method, '/'],
    [method, '/nope'],
  ]);
});

test.each(METHODS)('%s from another origin gets the CORS headers of its stack', async (method) => {
  const request = requestBytes(`${method} /`, ['Origin: https://a.example']);
  const newest = await startServer();
  const answer = await answerTo(newest.port, request);
  expect(headerOf(answer, 'access-control-allow-origin')).toBe('https://a.example');
  expect(headerOf(answer, 'access-control-allow-credentials')).toBe('true');
  const oldest = await startServer({ stack: 'fastapi-0.92' });
  expect(headerOf(await answerTo(oldest.port, request), 'access-control-allow-origin')).toBe('*');
});

test('an unknown method is read however its packets are cut', async () => {
  const { port } = await startServer();
  const request = requestBytes('FOO /nope', ['Origin: https://a.example']);
  for (let cut = 1; cut < request.length; cut += 1) {
    const answer = await answerTo(port, request.slice(0, cut), request.slice(cut));
    expect([cut, answer?.status]).toEqual([cut, 404]);
    expect(headerOf(answer, 'access-control-allow-origin')).toBe('https://a.example');
  }
  expect((await answerTo(port, ...request))?.status).toBe(404);
});

test.each(['FOO', 'post', 'CONNECT'])(
  '%s behind others gets its answer in turn',
  async (method) => {
    const { emulator, port } = await startServer({ answer: 'echo' });
    const client = await openClient(port);
    const before = [postBytes('one'), requestBytes('GET /__admin/health'), postBytes('two')];
    await client.send(...before, requestBytes(`${method} /`), postBytes('never'));
    const answers = await client.answers(4);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 405]);
    expect([textOf(answers[0]), textOf(answers[2])]).toEqual([
      expect.stringContaining('one'),
      expect.stringContaining('two'),
    ]);
    // The connection ends with it, so what comes behind is for the client to send again.
    expect(headerOf(answers[3], 'connection')).toBe('close');
    expect(await client.rest()).toBe('');
    expect(emulator.journal.total).toBe(3);
  },
);

test.each(['FOO', 'CONNECT'])('%s waits for slow answers before it', async (method) => {
  const gate = createGate();
  const { port } = await startServer({}, { answers: gate.source });
  const client = await openClient(port);
  await client.send(postBytes('one'), postBytes('two'), requestBytes(`${method} /`));
  await gate.reached(2);
  gate.release(1, 0);
  const answers = await client.answers(3);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 405]);
  expect([textOf(answers[0]), textOf(answers[1])]).toEqual(['one', 'two']);
});

test('a body of unknown length before an unknown method costs only the latter', async () => {
  const { port } = await startServer({ answer: 'echo' });
  const client = await openClient(port);
  const headers = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
  const chunked = requestBytes('POST /', headers, `f\r\n${BODY}\r\n0\r\n\r\n`);
  await client.send(chunked + requestBytes('FOO /'));
  const answers = await client.answers(2);
  expect(answers.map(({ status }) => status)).toEqual([200, 400]);
});

test('the rest of a large body is read, so that the answer can be', async () => {
  const { port } = await startServer();
  const client = await openClient(port);
  const body = 'a'.repeat(5_000_000);
  await client.send(requestBytes('FOO /', [`Content-Length: ${body.length}`], body));
  expect((await client.answers(1))[0]?.status).toBe(405);
});

test('the control plane is not asked through methods that Node cannot name', async () => {
  const { emulator, port } = await startServer();
  for (const method of ['FOO', 'post', 'CONNECT']) {
    const answer = await answerTo(port, requestBytes(`${method} /__admin/reset`));
    expect([method, answer?.status]).toEqual([method, 501]);
    expect(headerOf(answer, 'vary')).toBeUndefined();
  }
  expect((await answerTo(port, requestBytes('TRACE /__admin/reset')))?.status).toBe(405);
  expect(emulator.journal.total).toBe(0);
});
