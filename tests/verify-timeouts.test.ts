import { describe, expect, test } from 'vitest';
import { createRealClock } from '../src/scenarios/clock.ts';
import { createNodeTransport } from '../src/verify/node/transport.ts';
import { verify } from '../src/verify/node/verify.ts';
import { LIMITS, postTo } from './mutants/probe.ts';
import { startRawServer } from './mutants/raw-server.ts';
import { failure, scripted } from './verify/scripted-transport.ts';
import { resultOf, verifyWith } from './verify/verify-with.ts';

const answer = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}';

describe('every time-out is taken', () => {
  const some = [1, 1.5, 2, 3, 4.0001, 999, 999.959228515625, 1000, 1001, 2999.996, 8000, 9000];
  const more = Array.from({ length: 90 }, (_, index) => index * 100 + 1 + index / 97);

  test('by a transport, whole or not', async () => {
    const server = await startRawServer((socket) => socket.end(answer));
    const send = createNodeTransport();
    for (const connectTimeoutMs of [...some, ...more]) {
      const exchanged = await send(postTo(server.url), { ...LIMITS, connectTimeoutMs });
      const isDone = exchanged.kind === 'answer' || exchanged.code === 'connect-timeout';
      expect(isDone, `${connectTimeoutMs} ms: ${JSON.stringify(exchanged)}`).toBe(true);
    }
  });

  test('by a verification', async () => {
    const server = await startRawServer((socket) => socket.destroy());
    for (const timeoutMs of [1, 3, 10, 999, 1001, 1003, 2999, 3000, 7999, 8001, 9000]) {
      const report = await verify(server.url, { timeoutMs });
      expect(['failed', 'inconclusive'], `${timeoutMs} ms`).toContain(report.verdict);
    }
  });
});

test('what is left behind a late redirect is a whole number, and is taken', async () => {
  const server = await startRawServer((socket, { target }) => {
    if (target === '/later') return socket.end(answer);
    socket.end('HTTP/1.1 303 See Other\r\nLocation: /later\r\nContent-Length: 0\r\n\r\n');
  });
  const real = createRealClock();
  let passedMs = 0;
  const clock = { ...real, now: () => real.now() + passedMs };
  const send = createNodeTransport();
  const { limits, transport } = scripted(async ({ request, limits: given, index }) => {
    const exchanged = await send(request, given);
    if (index === 0) passedMs = 4321.987654321;
    return exchanged;
  });
  const report = await verifyWith(transport, { url: server.url, clock, timeoutMs: 9000 });
  expect(resultOf(report, 'reach').status).toBe('passed');
  const second = limits[1]?.timeoutMs ?? 0;
  expect(second).toBeGreaterThan(3000);
  expect(second).toBeLessThan(4680);
  for (const { timeoutMs, connectTimeoutMs } of limits) {
    expect([timeoutMs, connectTimeoutMs].every(Number.isInteger)).toBe(true);
  }
});

test('no message has the fractions of a clock', async () => {
  const server = await startRawServer(() => {});
  const report = await verify(server.url, { timeoutMs: 20 });
  expect(resultOf(report, 'reach').reason).toBe('The endpoint did not answer within 20 ms.');
});

describe('a port that expects TLS', () => {
  test('and says so in its own way leaves the verdict open', async () => {
    const server = await startRawServer((socket) => {
      socket.write(Buffer.from([0x15]));
      socket.end(Buffer.from([0x03, 0x03, 0x00, 0x02, 0x02, 0x46]));
    });
    const report = await verify(server.url);
    expect(report.verdict).toBe('inconclusive');
    expect(resultOf(report, 'reach')).toMatchObject({
      problem: 'speaks-tls',
      hint: 'Use https:// in place of http://.',
    });
  });

  const HINT = /^Does the port speak https\? /;

  test.each(['closed', 'reset'] as const)('and hangs up (%s) is thought of', async (code) => {
    const server = await startRawServer((socket) => {
      if (code === 'closed') socket.end();
      else socket.resetAndDestroy();
    });
    const { results } = await verify(server.url);
    expect(results[0]).toMatchObject({ problem: code, hint: expect.stringMatching(HINT) });
  });

  test('is not thought of when the URL says https, or when an answer came before', async () => {
    const { transport } = scripted(() => failure('closed'));
    const overTls = await verifyWith(transport);
    expect(resultOf(overTls, 'reach').hint).not.toMatch(HINT);
    const url = 'http://some.example/';
    const mute = await verifyWith(transport, { url });
    expect(resultOf(mute, 'reach').hint).toMatch(HINT);
    const { transport: later } = scripted(({ index }) =>
      index > 0
        ? failure('closed')
        : {
            kind: 'answer',
            status: 303,
            headers: [['location', '/x']],
            body: new Uint8Array(),
            timings: { connectedMs: 0, firstByteMs: 1, endedMs: 1 },
          },
    );
    expect(resultOf(await verifyWith(later, { url }), 'reach').hint).not.toMatch(HINT);
  });
});
