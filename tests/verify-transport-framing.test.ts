import { describe, expect, test } from 'vitest';
import { createRandom } from '../src/scenarios/random.ts';
import type { TransportFailureCode } from '../src/verify/exchange.ts';
import { createAnswerReader } from '../src/verify/node/transport/read-answer.ts';
import { createNodeTransport } from '../src/verify/node/transport.ts';
import { LIMITS, postTo } from './mutants/probe.ts';
import { startRawServer } from './mutants/raw-server.ts';

const OK = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${OK}Transfer-Encoding: chunked\r\n\r\n`;

/** Bytes, what they are and a part of the sentence. The connection ends after them. */
type Case = readonly [bytes: string, code: TransportFailureCode, words: string];

const CASES: readonly Case[] = [
  ['', 'closed', 'without an answer'],
  ['HTTP/1.1 200 OK\r\nContent', 'closed', 'after 24 bytes, in the middle of the head'],
  ['HTTP', 'closed', 'after 4 bytes'],
  ['HTTP/1.1 100 Continue\r\n\r\n', 'closed', 'in the middle of the head'],
  // What is not HTTP.
  ['SSH-2.0-OpenSSH_9.6\r\n', 'not-http', '"SSH-2.0-OpenSSH_9.6"'],
  ['220 a-long-name.example.com ESMTP\r\n', 'not-http', '"220 a-long-name.example.…"'],
  ['\r\nHTTP/1.1 200 OK\r\n\r\n', 'not-http', 'begins with an empty line'],
  ['{"prompt": "x"}', 'not-http', '"{\\"prompt\\"'.replaceAll('\\', '')],
  ['\x15\x03\x03\x00\x02\x02\x50', 'speaks-tls', 'in TLS'],
  ['\x00\x00\x12\x04\x00\x00\x00\x00\x00', 'not-http', 'HTTP/2 only'],
  ['\x80\xff\x00', 'not-http', '"\\x80\\xff\\x00"'],
  ['HTTP/2 200\r\n\r\n', 'not-http', '"HTTP/2 200"'],
  ['HTTP/1.1 2OO OK\r\n\r\n', 'not-http', 'The status line "HTTP/1.1 2OO OK"'],
  ['HTTP/1.1 020 OK\r\n\r\n', 'not-http', 'The status line'],
  ['HTTP/1.1 2000 OK\r\n\r\n', 'not-http', 'The status line'],
  ['HTTP/1.1 200 OK\nA: b\n\n', 'not-http', 'without a carriage return'],
  [`${OK}A b\r\n\r\n`, 'not-http', 'The line "A b" among the headers'],
  [`${OK}Set-Cookie : secret\r\n\r\n`, 'not-http', 'The line "Set-Cookie :" among'],
  [`${OK}A: b\r\n folded\r\n\r\n`, 'not-http', 'among the headers'],
  [`${OK}A: b\x00\r\n\r\n`, 'not-http', 'among the headers'],
  ['HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\n\r\n', 'not-http', '"websocket", unasked'],
  // What is framed in two ways, or in none.
  [`${OK}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 'not-http', 'do not agree'],
  [`${OK}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`, 'not-http', 'more than once: "1, 2"'],
  [`${OK}Content-Length: 0x2\r\n\r\n{}`, 'not-http', '"0x2" is no number'],
  [`${OK}Content-Length: -1\r\n\r\n{}`, 'not-http', '"-1" is no number'],
  [`${OK}Content-Length: \r\n\r\n{}`, 'not-http', '"" is no number'],
  [`${OK}Transfer-Encoding: gzip, chunked\r\n\r\n`, 'not-http', '"gzip, chunked"'],
  ['HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', 'not-http', 'of HTTP/1.0 has'],
  // What is shorter or longer than it says.
  [
    `${OK}Content-Length: 5\r\n\r\n{}`,
    'body-short',
    'announces 5 bytes, and the connection closed after 2',
  ],
  [`${OK}Content-Length: 1\r\n\r\n`, 'body-short', 'announces 1 byte,'],
  [`${OK}Content-Length: 1\r\n\r\n{}`, 'body-long', '1 byte came after the end'],
  [`${OK}Content-Length: 0\r\n\r\n${OK}\r\n`, 'body-long', '19 bytes came after the end'],
  ['HTTP/1.1 204 No\r\n\r\n{}', 'body-long', 'an answer of status 204'],
  [`${CHUNKED}2\r\n{}\r\n0\r\n\r\n\n`, 'body-long', 'the last chunk'],
  // What is not chunked as it says.
  [`${CHUNKED}`, 'chunk-unfinished', '0 bytes of a chunked body, without its last chunk'],
  [`${CHUNKED}2\r\n{}\r\n`, 'chunk-unfinished', '2 bytes of a chunked body, without its last'],
  [`${CHUNKED}2\r\n{}\r\n0\r\n`, 'chunk-unfinished', 'without its last chunk'],
  [`${CHUNKED}5\r\n{}`, 'chunk-unfinished', '3 bytes before the end of a chunk'],
  [`${CHUNKED}xyz\r\n{}\r\n0\r\n\r\n`, 'bad-chunk', '"xyz" is no size'],
  [`${CHUNKED}-2\r\n{}`, 'bad-chunk', '"-2" is no size'],
  [`${CHUNKED}2 \r\n{}`, 'bad-chunk', '"2 " is no size'],
  [`${CHUNKED}\r\n{}`, 'bad-chunk', '"" is no size'],
  [`${CHUNKED}{"prompt": "hello"}`, 'bad-chunk', 'is no size of a chunk'],
  [`${CHUNKED}2\n{}\r\n0\r\n\r\n`, 'bad-chunk', 'is no size'],
  [`${CHUNKED}1\r\n{}\r\n0\r\n\r\n`, 'bad-chunk', 'follows a chunk'],
  [`${CHUNKED}0\r\nno trailer\r\n\r\n`, 'bad-chunk', 'is no trailer'],
  [`${CHUNKED}2;${'x'.repeat(2000)}`, 'bad-chunk', 'is no size'],
  // What is too large.
  [`${OK}A: ${'a'.repeat(LIMITS.headMaxBytes)}`, 'head-too-large', 'larger than 16384 bytes.'],
  [`${OK}${'A: b\r\n'.repeat(3000)}\r\n`, 'head-too-large', 'larger than 16384 bytes.'],
  ['HTTP/1.1 102 P\r\n\r\n'.repeat(1000), 'head-too-large', 'interim answers before it'],
  [`${OK}Content-Length: 100001\r\n\r\n`, 'body-too-large', 'Content-Length is 100001'],
  [`${OK}Content-Length: 999999999999999\r\n\r\n`, 'body-too-large', 'larger than 100000 bytes'],
  [`${OK}\r\n${'x'.repeat(100_001)}`, 'body-too-large', 'larger than 100000 bytes'],
  [`${CHUNKED}fffffffffff\r\n`, 'body-too-large', 'larger than 100000 bytes'],
  [CHUNKED + '1\r\nx\r\n'.repeat(100_001), 'body-too-large', 'larger than 100000 bytes'],
  [`${CHUNKED}0\r\n${'A: b\r\n'.repeat(3000)}\r\n`, 'head-too-large', 'The trailers'],
  [`${CHUNKED}0\r\nA: ${'b'.repeat(20_000)}`, 'head-too-large', 'The trailers'],
];

/** Reads pieces as a connection that ends would bring them. */
function read(pieces: Iterable<Buffer>) {
  const reader = createAnswerReader('POST', LIMITS);
  for (const piece of pieces) {
    const end = reader.push(piece);
    if (end !== null && end !== 'whole') return { end, message: reader.message() };
  }
  return { end: reader.closed(), message: reader.message() };
}

function* piecesOf(bytes: Buffer, size: () => number): Iterable<Buffer> {
  for (let at = 0; at < bytes.length; ) {
    const next = at + size();
    yield bytes.subarray(at, next);
    at = next;
  }
}

const named = CASES.map(([bytes, code, words]) => {
  const shown = JSON.stringify(bytes.replace(CHUNKED, '(chunked) ').replace(OK, '(ok) '));
  return { name: shown.slice(0, 60), bytes: Buffer.from(bytes, 'latin1'), code, words };
});

describe('what is no answer', () => {
  test.each(named)('$code: $name', ({ bytes, code, words }) => {
    const { end } = read([bytes]);
    expect(end).toMatchObject({ code });
    expect(end).toHaveProperty('detail', expect.stringContaining(words));
  });

  test.each(named)('is called the same however it is cut: $name', ({ bytes, code }) => {
    const isShort = bytes.length < 5000;
    for (let seed = 0; seed < 5; seed += 1) {
      const random = createRandom(`pieces ${seed}`);
      const sizeMax = isShort && seed === 0 ? 1 : 1500;
      const pieces = piecesOf(bytes, () => random.integer(1, sizeMax));
      expect(read(pieces), `seed ${seed}`).toMatchObject({ end: { code } });
    }
  });

  test.each(named)('comes over a socket: $code: $name', async ({ bytes, code, words }) => {
    const server = await startRawServer((socket) => socket.end(bytes));
    const exchanged = await createNodeTransport()(postTo(server.url), LIMITS);
    expect(exchanged).toMatchObject({ kind: 'failure', code });
    expect(exchanged).toHaveProperty('detail', expect.stringContaining(words));
    await server.allClosed();
  });
});

describe('a part of an answer', () => {
  test('is kept where it breaks off', () => {
    const { message } = read([Buffer.from(`${OK}A: b\r\nContent-Length: 9\r\n\r\nhalf`)]);
    expect(message).toMatchObject({
      status: 200,
      headers: [
        ['A', 'b'],
        ['Content-Length', '9'],
      ],
    });
    expect(Buffer.from(message?.body ?? []).toString()).toBe('half');
  });

  test('that ends with a reset is not called short', async () => {
    const server = await startRawServer((socket) => {
      socket.write(`${OK}Content-Length: 9\r\n\r\nhalf`, () => socket.resetAndDestroy());
    });
    const exchanged = await createNodeTransport()(postTo(server.url), LIMITS);
    expect(exchanged).toMatchObject({ kind: 'failure', code: 'reset' });
  });

  test('does not hold a request that comes back', () => {
    const { end } = read([Buffer.from('POST /?token=secret HTTP/1.1\r\n\r\n')]);
    expect(end).toMatchObject({ code: 'not-http' });
    expect(JSON.stringify(end)).not.toContain('secret');
  });
});
