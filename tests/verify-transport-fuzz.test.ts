import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { createRandom, type Random } from '../src/scenarios/random.ts';
import type { ProbeLimits } from '../src/verify/exchange.ts';
import { createNodeTransport } from '../src/verify/node/transport.ts';
import { TRANSPORT_PROBLEMS } from '../src/verify/problems/transport-problems.ts';
import { postTo } from './mutants/probe.ts';
import { startRawServer } from './mutants/raw-server.ts';

const LIMITS: ProbeLimits = {
  connectTimeoutMs: 80,
  timeoutMs: 80,
  headMaxBytes: 2000,
  bodyMaxBytes: 5000,
};

const PARTS = [
  ...['HTTP/1.1 200 OK\r\n', 'HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.0 404 No\r\n', 'HTTP/'],
  ...['Content-Length: 5\r\n', 'Content-Length: 99999\r\n', 'Transfer-Encoding: chunked\r\n'],
  ...['\r\n', '\r\n\r\n', '5\r\nhello\r\n', '0\r\n\r\n', 'ffff\r\n', '{"prompt": "x"}', '\n', '\r'],
  ...['\x15\x03\x03\x00\x02\x02\x28', '\x16\x03\x03\x00\x7a\x02', 'x'.repeat(3000)],
];

/** Anything: parts of answers, and bytes that mean nothing. */
function anything(random: Random): Buffer {
  // Most of it begins well, or nothing but the begin would be looked at.
  const parts = [Buffer.from(random.chance(0.6) ? 'HTTP/1.1 200 OK\r\n' : '')];
  for (let count = random.integer(0, 6); count > 0; count -= 1) {
    const part = PARTS[random.integer(0, PARTS.length - 1)] ?? '';
    const noise = Array.from({ length: random.integer(1, 40) }, () => random.integer(0, 255));
    parts.push(random.chance(0.7) ? Buffer.from(part, 'latin1') : Buffer.from(noise));
  }
  return Buffer.concat(parts);
}

/** Sends anything, in pieces, and leaves in one way or another. */
function misbehave(socket: Socket, random: Random): void {
  const bytes = anything(random);
  const cut = random.integer(0, bytes.length);
  socket.write(bytes.subarray(0, cut), () => {
    const way = random.integer(0, 9);
    if (way === 0) socket.resetAndDestroy();
    else if (way === 1) socket.destroy();
    else if (way === 2) socket.write(bytes.subarray(cut));
    else socket.end(bytes.subarray(cut));
  });
}

test.each(['http', 'https'])('whatever a server says to %s, it has a name', async (scheme) => {
  const names = new Set<string>();
  let random = createRandom('');
  const onConnection = (socket: Socket) => {
    if (random.chance(0.1)) misbehave(socket, random);
    else socket.once('data', () => misbehave(socket, random));
  };
  const { port } = await startRawServer(() => {}, { onConnection });
  const send = createNodeTransport();
  for (let index = 0; index < 400; index += 1) {
    const seed = `${scheme} ${index}`;
    random = createRandom(seed);
    const exchanged = await send(postTo(`${scheme}://127.0.0.1:${port}/`), LIMITS);
    const name = exchanged.kind === 'answer' ? 'answer' : exchanged.code;
    expect(['answer', ...Object.keys(TRANSPORT_PROBLEMS)], seed).toContain(name);
    names.add(name);
  }
  // So many different things happened, not always the same.
  expect(names.size).toBeGreaterThanOrEqual(scheme === 'http' ? 6 : 2);
});
