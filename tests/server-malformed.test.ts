import { expect, test } from 'vitest';
import {
  headerOf,
  openClient,
  postBytes,
  requestBytes,
  startServer,
  statusOfNext,
} from './server-client.ts';

const POST = (...headers: readonly string[]) => requestBytes('POST /', headers);

/** What no server may take for a request. */
const MALFORMED: readonly (readonly [what: string, bytes: string, status: number])[] = [
  ['no HTTP at all', 'garbage\r\n\r\n', 400],
  ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ['an HTTP/2 preface', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['an answer', 'HTTP/1.1 200 OK\r\n\r\n', 400],
  ['an unknown version', 'GET / HTTP/2.5\r\n\r\n', 400],
  ['an unknown method in an unknown version', 'FOO / HTTP/2.5\r\n\r\n', 400],
  ['an unknown method without a target', 'FOO HTTP/1.1\r\n\r\n', 400],
  ['an unknown method with a broken header', 'FOO / HTTP/1.1\r\nHost : x\r\n\r\n', 400],
  ['bytes that are no target', 'GET /\xe9 HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['an empty target', 'GET  HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['a form feed in the query', 'GET /?\f HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['bare line feeds', 'GET / HTTP/1.1\nHost: x\n\n', 400],
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['a header without a colon', requestBytes('GET /', ['Abc']), 400],
  ['a header without a name', requestBytes('GET /', [': abc']), 400],
  ['a folded header', requestBytes('GET /', ['A: b', ' c']), 400],
  ['NUL in a header', requestBytes('GET /', ['A: b\0c']), 400],
  ['a control character in a header', requestBytes('GET /', ['Origin: a\x01b']), 400],
  ['two lengths', POST('Content-Length: 4', 'Content-Length: 5'), 400],
  ['the same length twice', POST('Content-Length: 4', 'Content-Length: 4'), 400],
  ['a list of lengths', POST('Content-Length: 4, 4'), 400],
  ['a signed length', POST('Content-Length: +4'), 400],
  ['a hexadecimal length', POST('Content-Length: 0x4'), 400],
  ['a length beyond all numbers', POST(`Content-Length: ${'9'.repeat(30)}`), 400],
  ['length and chunks', `${POST('Content-Length: 4', 'Transfer-Encoding: chunked')}0\r\n\r\n`, 400],
  ['chunks and length', `${POST('Transfer-Encoding: chunked', 'Content-Length: 4')}0\r\n\r\n`, 400],
  ['chunked not last', `${POST('Transfer-Encoding: chunked, identity')}0\r\n\r\n`, 400],
  ['an unknown encoding', `${POST('Transfer-Encoding: xchunked')}0\r\n\r\n`, 400],
  ['a space before the colon', `${POST('Transfer-Encoding : chunked')}0\r\n\r\n`, 400],
  ['a chunk without a size', `${POST('Transfer-Encoding: chunked')}zz\r\n`, 400],
  ['a chunk beyond all sizes', `${POST('Transfer-Encoding: chunked')}${'f'.repeat(17)}\r\n`, 400],
  ['a chunk longer than said', `${POST('Transfer-Encoding: chunked')}1\r\nabc\r\n0\r\n\r\n`, 400],
  ['a long chunk extension', `${POST('Transfer-Encoding: chunked')}1;${'a'.repeat(99_999)}`, 413],
  ['a large header', requestBytes('GET /', [`A: ${'a'.repeat(99_999)}`]), 431],
  ['a very large header', requestBytes('GET /', [`A: ${'a'.repeat(3_000_000)}`]), 431],
  ['a large target', requestBytes(`GET /?${'a'.repeat(99_999)}`), 431],
];

test('what is no request ends its connection, readably, and nothing else', async () => {
  const { emulator, port } = await startServer();
  for (const [what, bytes, status] of MALFORMED) {
    const client = await openClient(port);
    await client.send(bytes);
    const [answer] = await client.answers(1);
    expect([what, answer?.status, headerOf(answer, 'connection')]).toEqual([what, status, 'close']);
    expect([what, await client.rest()]).toEqual([what, '']);
  }
  expect(emulator.journal.total).toBe(0);
  expect(await statusOfNext(port)).toBe(200);
});

test('two hosts are refused', async () => {
  const { emulator, port } = await startServer();
  const client = await openClient(port);
  await client.send(requestBytes('GET /', ['host: elsewhere']), postBytes('next'));
  expect((await client.answers(2)).map(({ status }) => status)).toEqual([400, 200]);
  expect(emulator.journal.total).toBe(1);
});

test('a head that never ends is given up, whatever its method', async () => {
  const { port } = await startServer();
  for (const method of ['GET', 'FOO']) {
    const client = await openClient(port);
    await client.send(`${method} / HTTP/1.1\r\n`);
    await client.send(`A: ${'a'.repeat(99_999)}\r\n`);
    expect((await client.answers(1))[0]?.status).toBe(431);
    expect(await client.rest()).toBe('');
  }
});

test('a long query is no malformed request', async () => {
  const { port } = await startServer({
    function: { method: 'GET', query: { prompt: 'str' } },
    answer: 'echo',
  });
  const client = await openClient(port);
  await client.send(requestBytes(`GET /?prompt=${'a'.repeat(60_000)}`));
  expect((await client.answers(1))[0]?.body.length).toBeGreaterThan(60_000);
});

test('what is pipelined before broken bytes is answered first', async () => {
  const { emulator, port } = await startServer({ answer: 'echo' });
  const client = await openClient(port);
  await client.send(postBytes('one'), postBytes('two'), 'garbage\r\n\r\n', postBytes('three'));
  const answers = await client.answers(3);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400]);
  expect(await client.rest()).toBe('');
  expect(emulator.journal.list().map(({ request }) => request.prompt)).toEqual(['one', 'two']);
});

test('broken bytes after the last request do not cost its answer', async () => {
  const { port } = await startServer();
  const client = await openClient(port);
  await client.send(postBytes('last', ['Connection: close']), 'junk');
  expect((await client.answers(1))[0]?.status).toBe(200);
  expect(await client.rest()).toBe('');
});

test('a body that breaks in the middle is refused and not journaled', async () => {
  const { emulator, port } = await startServer();
  const client = await openClient(port);
  await client.send(`${POST('Transfer-Encoding: chunked')}5\r\n{"pro\r\n`);
  await client.send('nonsense\r\n');
  expect((await client.answers(1))[0]?.status).toBe(400);
  expect(await client.rest()).toBe('');
  expect(emulator.journal.total).toBe(0);
});

test('expectations that nobody knows are ignored, as FastAPI does', async () => {
  const { port } = await startServer();
  const client = await openClient(port);
  await client.send(postBytes('hi', ['Expect: the-unexpected']));
  expect((await client.answers(1))[0]?.status).toBe(200);
});
