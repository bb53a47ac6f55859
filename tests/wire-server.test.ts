import { connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createVirtualClock, type Emulator } from '../src/emulator/index.ts';
import type { ServeOptions } from '../src/emulator/node/index.ts';
import {
  createGate,
  openClient,
  postBytes,
  requestBytes,
  startServer,
  statusOfNext,
  textOf,
} from './server-client.ts';
import { BODY, createInterceptor, ok, wireOutcome } from './wire-world.ts';

const interceptor = createInterceptor();
afterEach(() => {
  interceptor.now.intercept = null;
});

function start(options: ServeOptions = {}, gate?: ReturnType<typeof createGate>) {
  const clock = createVirtualClock();
  const answers = gate === undefined ? {} : { answers: gate.source };
  const surroundings = { clock, intercept: interceptor.intercept, ...answers };
  return startServer({}, surroundings, options).then((started) => ({ ...started, clock }));
}

/** Everything that a client reads until the end, and how that came. */
function readAll(port: number, request: string | Uint8Array): Promise<[text: string, end: string]> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const end = (how: string) => resolve([Buffer.concat(chunks).toString('latin1'), how]);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('end', () => end('end'));
    socket.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? ''));
  });
}

/** Node 20's client reads a reset behind bytes as an end, more often than not; see libuv's issues. */
const RESET = process.versions.node.startsWith('20.') ? /^(?:ECONNRESET|end)$/ : /^ECONNRESET$/;

const outcomes = (emulator: Emulator) => emulator.journal.list().map(({ outcome }) => outcome);

/** Nobody may have to wait for this drain. */
const NEVER = { drainTimeoutMs: 3_600_000 };

describe('the end of a wire', () => {
  const large = 'x'.repeat(300_000);
  test.each([
    ['nothing', []],
    ['half an answer', [ok('content-length: 40'), BODY]],
    ['more than one window', [ok(`content-length: ${large.length + 1}`), large]],
  ])('is a reset behind all bytes, of %s', async (_name, parts) => {
    const { port } = await start();
    interceptor.answerWith(parts, 'reset');
    const [text, end] = await readAll(port, postBytes('hi'));
    expect(text.length).toBe(parts.join('').length);
    expect(text === parts.join('')).toBe(true);
    expect(end).toMatch(parts.length === 0 ? /^ECONNRESET$/ : RESET);
  });

  test('is an end behind all bytes', async () => {
    const { port } = await start();
    for (const parts of [[], ['garbage'], [ok('content-length: 40'), BODY], [large]]) {
      interceptor.answerWith(parts);
      expect(await readAll(port, postBytes('hi'))).toEqual([parts.join(''), 'end']);
    }
  });

  test('is in the journal before the client can see it', async () => {
    const { emulator, port } = await start();
    for (const [index, end] of (['close', 'reset'] as const).entries()) {
      interceptor.answerWith([ok(), BODY], end);
      await readAll(port, postBytes('hi'));
      expect(emulator.journal.total).toBe(index + 1);
    }
  });

  test('does not wait for a client that goes on sending', async () => {
    const { port } = await start();
    interceptor.answerWith([ok('content-length: 19'), BODY]);
    const client = await openClient(port);
    client.socket.on('data', () => client.socket.write('x'.repeat(100_000)));
    await client.send(postBytes('hi'), 'and more', 'x'.repeat(100_000));
    expect(await client.rest()).toContain(BODY);
  });
});

describe('on a connection with more than one request', () => {
  test('a wire comes in its turn, and is the last', async () => {
    const gate = createGate();
    const { emulator, port } = await start({}, gate);
    let count = 0;
    interceptor.now.intercept = async (_exchange, core) => {
      count += 1;
      return count === 2 ? wireOutcome([ok('content-length: 40'), BODY]) : core();
    };
    const client = await openClient(port);
    await client.send(postBytes('one'), postBytes('two'), postBytes('three'));
    await gate.reached(2);
    gate.release();
    const [first] = await client.answers(1);
    expect(textOf(first)).toBe('one');
    expect(await client.rest()).toBe(ok('content-length: 40') + BODY);
    await vi.waitFor(() => expect(emulator.journal.total).toBe(3));
    const kinds = emulator.journal
      .list()
      .map(({ request, outcome }) => [request.prompt, outcome.kind]);
    expect(kinds).toEqual(
      expect.arrayContaining([
        ['one', 'reply'],
        ['three', 'reply'],
      ]),
    );
  });

  test('a wire follows answers that were kept alive', async () => {
    const { port } = await start();
    const client = await openClient(port);
    await client.send(postBytes('hi'));
    expect((await client.answers(1))[0]?.status).toBe(200);
    interceptor.answerWith(['garbage']);
    await client.send(postBytes('hi'));
    expect(await client.rest()).toBe('garbage');
  });

  test.each(['leaves', 'is let go'])(
    'one that waits for its turn is over when it %s',
    async (way) => {
      const gate = createGate();
      const { emulator, port } = await start({}, gate);
      const client = await openClient(port);
      interceptor.now.intercept = null;
      await client.send(postBytes('one'));
      await gate.reached(1);
      interceptor.answerWith([], 'hang');
      const asked = interceptor.whenAsked();
      await client.send(postBytes('two'));
      await asked;
      if (way === 'leaves') {
        client.socket.resetAndDestroy();
        await vi.waitFor(() =>
          expect(outcomes(emulator)).toMatchObject([{ kind: 'wire', isWhole: false }]),
        );
        gate.release();
      } else {
        emulator.reset();
        await client.closed;
        gate.release();
        expect(emulator.journal.total).toBe(0);
      }
    },
  );
});

describe('a client that leaves', () => {
  test.each(['end', 'resetAndDestroy'] as const)('by %s ends a hang', async (way) => {
    const { emulator, port } = await start();
    interceptor.answerWith([ok('content-length: 40'), BODY], 'hang');
    const client = await openClient(port);
    const asked = interceptor.whenAsked();
    await client.send(postBytes('hi'));
    await asked;
    await new Promise((resolve) => client.socket.once('data', resolve));
    client.socket[way]();
    await client.closed;
    await vi.waitFor(() =>
      expect(outcomes(emulator)).toMatchObject([{ kind: 'wire', end: 'hang', isWhole: true }]),
    );
  });

  test.each(['end', 'resetAndDestroy'] as const)('by %s ends a wait', async (way) => {
    const { emulator, clock, port } = await start();
    interceptor.answerWith([ok('content-length: 40'), 60_000, BODY]);
    const client = await openClient(port);
    await client.send(postBytes('hi'));
    await clock.whenSleeping();
    client.socket[way]();
    await vi.waitFor(() => expect(clock.sleeping).toBe(0));
    await vi.waitFor(() =>
      expect(outcomes(emulator)).toMatchObject([{ kind: 'wire', isWhole: false }]),
    );
  });
});

/** Clients that all hang. */
async function hangAll(port: number, count: number) {
  const clients = [];
  for (let index = 0; index < count; index += 1) {
    const client = await openClient(port);
    const asked = interceptor.whenAsked();
    await client.send(postBytes('hi'));
    await asked;
    clients.push(client);
  }
  return clients;
}

describe('connections that hang', () => {
  test('are kept, and count among those that are allowed', async () => {
    const { emulator, port } = await start({ connectionsMax: 20 });
    interceptor.answerWith([], 'hang');
    const clients = await hangAll(port, 20);
    const refused = await openClient(port);
    await refused.closed;
    expect(clients.map(({ socket }) => socket.destroyed)).not.toContain(true);
    clients[0]?.socket.destroy();
    await vi.waitFor(() => expect(emulator.journal.total).toBe(1));
    interceptor.answerWith([ok('content-length: 0')]);
    expect(await statusOfNext(port)).toBe(200);
  });

  test('are let go when the emulator starts over', async () => {
    const { emulator, port } = await start();
    interceptor.answerWith([], 'hang');
    const clients = await hangAll(port, 50);
    emulator.reset();
    await Promise.all(clients.map(({ closed }) => closed));
    expect(emulator.journal.total).toBe(0);
    interceptor.answerWith([ok('content-length: 0')]);
    expect(await statusOfNext(port)).toBe(200);
    expect(emulator.journal.get(1)?.outcome.kind).toBe('wire');
  });

  test('do not hold up the end of the server', async () => {
    const { emulator, server, port } = await start();
    interceptor.answerWith([ok('content-length: 40')], 'hang');
    const clients = await hangAll(port, 50);
    await server.close(NEVER);
    await Promise.all(clients.map(({ closed }) => closed));
    expect(emulator.journal.total).toBe(50);
  });

  test('only at last are waited for until then', async () => {
    const { server, clock, port } = await start();
    interceptor.answerWith([ok('content-length: 19'), 60_000, BODY], 'hang');
    const client = await openClient(port);
    await client.send(postBytes('hi'));
    await clock.whenSleeping();
    const closed = server.close(NEVER);
    await clock.advance(60_000);
    await closed;
    expect(await client.rest()).toContain(BODY);
  });

  test('are not cut off because their request was large', async () => {
    const { emulator, port } = await start({ requestTimeoutMs: 50 });
    interceptor.answerWith([], 'hang');
    const large = await openClient(port);
    const asked = interceptor.whenAsked();
    await large.send(postBytes('x'.repeat(2 * 1024 * 1024)));
    await asked;
    // The others that are given up show that the time was over for this one.
    for (let round = 0; round < 3; round += 1) {
      const half = await openClient(port);
      await half.send(postBytes('hi').slice(0, -3));
      expect((await half.answers(1))[0]?.status).toBe(408);
    }
    expect(large.socket.destroyed).toBe(false);
    expect(emulator.journal.total).toBe(0);
  });
});

describe('a method that Node does not know', () => {
  const requests = { FOO: requestBytes('FOO /'), CONNECT: requestBytes('CONNECT /') };

  test.each(Object.entries(requests))('is intercepted like any other: %s', async (_, request) => {
    const { emulator, port } = await start();
    interceptor.answerWith([ok('content-length: 40'), BODY], 'reset');
    const [text, end] = await readAll(port, request);
    expect(text).toBe(ok('content-length: 40') + BODY);
    expect(end).toMatch(RESET);
    interceptor.now.intercept = (_exchange, core) => core();
    expect(await statusOfNext(port, request)).toBe(405);
    interceptor.answerWith([], 'hang');
    const client = await openClient(port);
    const asked = interceptor.whenAsked();
    await client.send(request);
    await asked;
    emulator.reset();
    await client.closed;
  });
});
