import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../src/scenarios/clock.ts';
import type { Exchanged } from '../src/verify/exchange.ts';
import { createNodeTransport } from '../src/verify/node/transport.ts';
import { LIMITS, postTo } from './mutants/probe.ts';
import { type Answer, startRawServer } from './mutants/raw-server.ts';
import { startServer } from './server-client.ts';

const send = createNodeTransport();

/** Exchanges with a server that answers these bytes and closes. */
async function exchangeWith(answer: string, end: 'end' | 'reset' | 'stay' = 'end') {
  const server = await startRawServer((socket) => {
    if (end === 'end') socket.end(answer, 'latin1');
    else socket.write(answer, 'latin1', () => end === 'reset' && socket.resetAndDestroy());
  });
  const exchanged = await send(postTo(server.url), LIMITS);
  // Whoever answers, the transport leaves no connection behind.
  await server.allClosed();
  return exchanged;
}

function bodyOf(exchanged: Exchanged): string {
  if (exchanged.kind === 'answer') return Buffer.from(exchanged.body).toString();
  throw new Error(`${exchanged.code}: ${exchanged.detail}`);
}

const OK = 'HTTP/1.1 200 OK\r\n';

describe('a request', () => {
  test('is written as it is given, with Host, Content-Length and Connection', async () => {
    const seen: string[] = [];
    const server = await startRawServer((socket, { head, body }) => {
      seen.push(head, body.toString());
      socket.end(`${OK}Content-Length: 0\r\n\r\n`);
    });
    const url = `${server.url}a%20b/%C3%BC?q=1&r=%2F`;
    const headers = [
      ['X-One', '1'],
      ['modal-key', 'wk-secret'],
      ['X-One', 'grün'],
    ] as const;
    await send({ method: 'PATCH', url, headers, body: Buffer.from('{"prompt":"ü"}') }, LIMITS);
    await send({ method: 'GET', url: server.url, headers: [], body: null }, LIMITS);
    expect(seen).toEqual([
      [
        'PATCH /a%20b/%C3%BC?q=1&r=%2F HTTP/1.1',
        `Host: 127.0.0.1:${server.port}`,
        'X-One: 1',
        'modal-key: wk-secret',
        'X-One: grün',
        'Content-Length: 15',
        'Connection: close',
      ].join('\r\n'),
      '{"prompt":"ü"}',
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nConnection: close`,
      '',
    ]);
  });

  test('goes to the emulator, by name and by address, and comes back with the answer', async () => {
    const { port } = await startServer({ answer: 'echo' });
    for (const host of ['127.0.0.1', 'localhost']) {
      const exchanged = await send(postTo(`http://${host}:${port}/`, 'café'), LIMITS);
      expect(exchanged).toMatchObject({ kind: 'answer', status: 200 });
      expect(JSON.parse(bodyOf(exchanged)).prompt).toContain('café');
    }
  });

  test('cannot be made to hold another header', async () => {
    const server = await startRawServer((socket) => socket.end(OK));
    const headers = [['X-One', '1\r\nX-Two: 2']] as const;
    await expect(send({ ...postTo(server.url), headers }, LIMITS)).rejects.toThrow();
    expect(server.accepted).toBe(0);
  });
});

describe('an answer', () => {
  test('has its headers as they came, in their order', async () => {
    const exchanged = await exchangeWith(
      `${OK}B: 1\r\na:\t2 \r\nB: 3\r\nc: caf\xe9\r\nd:\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(exchanged).toMatchObject({
      kind: 'answer',
      status: 200,
      headers: [
        ['B', '1'],
        ['a', '2'],
        ['B', '3'],
        ['c', 'café'],
        ['d', ''],
        ['Content-Length', '2'],
      ],
    });
  });

  test.each([
    ['of known length', `${OK}Content-Length: 2\r\n\r\n{}`, '{}'],
    ['in chunks', `${OK}Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1;x=y\r\n}\r\n0\r\n\r\n`, '{}'],
    ['with trailers', `${OK}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: 1\r\n\r\n`, '{}'],
    ['that ends with the connection', `${OK}\r\n{}`, '{}'],
    ['of HTTP/1.0', 'HTTP/1.0 200 OK\r\n\r\n{}', '{}'],
    ['without a reason phrase', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\n{}', '{}'],
    ['without a body', 'HTTP/1.1 204 No Content\r\n\r\n', ''],
    [
      'after interim ones',
      `HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 100 C\r\n\r\n${OK}\r\n{}`,
      '{}',
    ],
    ['that is not modified', 'HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n', ''],
  ])('%s is read to its end', async (_name, bytes, body) => {
    expect(bodyOf(await exchangeWith(bytes))).toBe(body);
  });

  test('to HEAD has no body', async () => {
    const server = await startRawServer((socket) => socket.end(`${OK}Content-Length: 9\r\n\r\n`));
    const request = { method: 'HEAD', url: server.url, headers: [], body: null };
    expect(bodyOf(await send(request, LIMITS))).toBe('');
  });

  test('is whole although the connection stays, or breaks, after it', async () => {
    const answer = `${OK}Content-Length: 2\r\n\r\n{}`;
    expect(bodyOf(await exchangeWith(answer, 'stay'))).toBe('{}');
    expect(bodyOf(await exchangeWith(answer, 'reset'))).toBe('{}');
  });
});

describe('time', () => {
  /** An exchange whose server has the request, and does with the connection what `answer` says. */
  async function begin(answer: Answer) {
    const clock = createVirtualClock();
    let arrived = () => {};
    const whenArrived = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const server = await startRawServer((socket, request) => {
      answer(socket, request);
      arrived();
    });
    const exchanged = createNodeTransport({ clock })(postTo(server.url), LIMITS);
    await whenArrived;
    return { clock, exchanged, server };
  }

  test('without an answer ends at the time-out, and leaves nothing behind', async () => {
    const { clock, exchanged, server } = await begin(() => {});
    await clock.advance(LIMITS.timeoutMs);
    expect(await exchanged).toEqual({
      kind: 'failure',
      code: 'answer-timeout',
      detail: 'The endpoint did not answer within 10 s.',
      partial: null,
      timings: { connectedMs: 0, firstByteMs: null, endedMs: 10_000 },
    });
    await server.allClosed();
    expect(clock.sleeping).toBe(0);
  });

  test.each([
    ['head', 'HTTP/1.1 200 OK\r\nX: ', 'answer-timeout', 'did not end the head of its answer'],
    ['body', `${OK}Content-Length: 999\r\n\r\n`, 'body-timeout', 'did not end within 10 s'],
  ])('is not extended by a %s that comes byte by byte', async (_name, begun, code, words) => {
    let drip = () => Promise.resolve();
    const { clock, exchanged } = await begin((socket) => {
      socket.write(begun);
      // The turn after the byte has left is the one in which it arrives.
      drip = () => new Promise((resolve) => socket.write('x', () => setImmediate(resolve)));
    });
    for (let second = 0; second < 10; second += 1) {
      await drip();
      await clock.advance(1000);
    }
    const failure = await exchanged;
    expect(failure).toMatchObject({ kind: 'failure', code });
    expect(failure.timings.endedMs).toBe(10_000);
    expect(failure).toHaveProperty('detail', expect.stringContaining(words));
    expect(clock.sleeping).toBe(0);
  });

  test('to the first byte and to the end are told apart', async () => {
    let finish = () => {};
    const { clock, exchanged } = await begin((socket) => {
      finish = () => void socket.end(`${OK}Content-Length: 2\r\n\r\n{}`);
    });
    await clock.advance(4000);
    finish();
    expect((await exchanged).timings).toEqual({ connectedMs: 0, firstByteMs: 4000, endedMs: 4000 });
  });
});
