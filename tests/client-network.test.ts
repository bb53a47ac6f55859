import { execFile } from 'node:child_process';
import { getEventListeners, once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { createPromptClient, PromptError } from '../src/contract/client.ts';
import { answerJson, createTimer, failureOf, startAnswering } from './client-world.ts';

/** A client whose time passes when the test says so. */
function withTimer(url: string) {
  const timer = createTimer();
  const signalAfter = timer.signalAfter.bind(timer);
  return { timer, client: createPromptClient({ url, timeoutMs: 5000, signalAfter }) };
}

/** The same, and the time passes, or what is given happens, as soon as the head has arrived. */
function withTimerOfBody(url: string, happens?: () => void) {
  const timer = createTimer();
  const fetch = async (request: Request) => {
    const response = await globalThis.fetch(request);
    // By then the client reads the body.
    setImmediate(() => (happens ?? timer.pass)());
    return response;
  };
  return createPromptClient({ url, fetch, signalAfter: timer.signalAfter.bind(timer) });
}

describe('the time', () => {
  test('ends the wait for an answer, and the request', async () => {
    let left: Promise<unknown> = Promise.reject(new Error('it was not asked'));
    left.catch(() => {});
    const server = await startAnswering((response) => {
      left = once(response, 'close');
      timer.pass();
    });
    const { client, timer } = withTimer(server.url);
    const failure = failureOf(await client.ask('Why?'), 'timeout');
    expect(failure).toEqual({
      kind: 'timeout',
      timeoutMs: 5000,
      phase: 'head',
      hops: 0,
      message:
        `Failed to ask "${server.url}": no answer came within 5000 ms. Raise timeoutMs ` +
        '(a cold start can take minutes), or look why the endpoint takes so long.',
    });
    await left;
  });

  test('ends the wait for the rest of a body', async () => {
    const server = await startAnswering((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{"prompt": "');
    });
    const failure = failureOf(await withTimerOfBody(server.url).ask('Why?'), 'timeout');
    expect(failure).toMatchObject({ phase: 'body' });
    expect(failure.message).toContain('the answer was not whole within 600000 ms.');
  });

  test('does not take a status away that has come', async () => {
    const server = await startAnswering((response) => {
      response.writeHead(502, { 'content-type': 'text/plain' });
      response.write('Bad gate');
    });
    const failure = failureOf(await withTimerOfBody(server.url).ask('Why?'), 'status');
    expect(failure).toMatchObject({ status: 502, isBodyCut: true });
    expect('Bad gate'.startsWith(failure.body)).toBe(true);
  });

  test('can be given with a prompt', async () => {
    const server = await startAnswering((response) => answerJson(response, { prompt: 'x' }));
    const { client, timer } = withTimer(server.url);
    await client.ask('Why?');
    await client.ask('Why?', { timeoutMs: 7 });
    expect(timer.durationsMs).toEqual([5000, 7]);
  });

  test('of the machine ends it as well', async () => {
    const server = await startAnswering(() => {});
    const client = createPromptClient({ url: server.url, timeoutMs: 1 });
    expect(failureOf(await client.ask('Why?'), 'timeout').timeoutMs).toBe(1);
  });

  test('ends the wait for a fetch that minds no signal', async () => {
    const timer = createTimer();
    const client = createPromptClient({
      url: 'http://localhost/',
      signalAfter: timer.signalAfter.bind(timer),
      fetch: () => {
        queueMicrotask(() => timer.pass());
        return new Promise(() => {});
      },
    });
    expect(failureOf(await client.ask('Why?'), 'timeout').timeoutMs).toBe(600_000);
    expect(timer.durationsMs).toEqual([600_000]);
  });

  test('ends the wait for a body that minds no signal, and lets go of it', async () => {
    const timer = createTimer();
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      // The second read waits for ever.
      pull: (controller) => {
        controller.enqueue(new Uint8Array([0x7b]));
        // By then the client waits for more.
        setImmediate(() => timer.pass());
        return new Promise(() => {});
      },
      cancel: () => {
        cancelled = true;
      },
    });
    const client = createPromptClient({
      url: 'http://localhost/',
      fetch: async () => new Response(body),
      signalAfter: timer.signalAfter.bind(timer),
    });
    expect(failureOf(await client.ask('Why?'), 'timeout').phase).toBe('body');
    expect(cancelled).toBe(true);
  });
});

describe("the caller's signal", () => {
  test('ends it, with its reason', async () => {
    const caller = new AbortController();
    const server = await startAnswering(() => caller.abort('I have to go'));
    const client = createPromptClient({ url: server.url });
    const failure = failureOf(await client.ask('Why?', { signal: caller.signal }), 'aborted');
    expect(failure.reason).toBe('I have to go');
    expect(failure.message).toContain("the caller's signal ended it.");
  });

  test('ends the reading of a failure as well', async () => {
    const caller = new AbortController();
    const server = await startAnswering((response) => {
      response.writeHead(500).write('half');
    });
    const client = withTimerOfBody(server.url, () => caller.abort());
    failureOf(await client.ask('Why?', { signal: caller.signal }), 'aborted');
  });

  test('is what ended it where the time is over just after', async () => {
    const caller = new AbortController();
    const server = await startAnswering(() => {
      caller.abort();
      timer.pass();
    });
    const { client, timer } = withTimer(server.url);
    failureOf(await client.ask('Why?', { signal: caller.signal }), 'aborted');
  });

  test('that has ended before lets nothing be sent', async () => {
    const server = await startAnswering((response) => answerJson(response, { prompt: 'x' }));
    const client = createPromptClient({ url: server.url });
    failureOf(await client.ask('Why?', { signal: AbortSignal.abort() }), 'aborted');
    expect(server.seen).toEqual([]);
  });

  test('is let go of after every prompt', async () => {
    const caller = new AbortController();
    const server = await startAnswering((response) => answerJson(response, { prompt: 'x' }));
    const client = createPromptClient({ url: server.url });
    for (let count = 0; count < 3; count += 1) await client.ask('?', { signal: caller.signal });
    expect(getEventListeners(caller.signal, 'abort')).toEqual([]);
  });
});

describe('the network', () => {
  const sockets = new Set<Socket>();
  const servers = new Set<ReturnType<typeof createServer>>();

  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all([...servers].map((server) => promisify(server.close.bind(server))()));
    sockets.clear();
    servers.clear();
  });

  /** A server that does what it likes with its sockets. */
  async function startRaw(onRequest: (socket: Socket) => void): Promise<string> {
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('data', () => onRequest(socket));
    });
    servers.add(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  }

  /** Bytes that come all at once, and the connection stays. */
  const saying = (bytes: string) => startRaw((socket) => void socket.write(bytes));

  test('has nothing that listens', async () => {
    const url = await startRaw(() => {});
    const [server] = servers;
    await promisify((server as NonNullable<typeof server>).close.bind(server))();
    servers.clear();
    const failure = failureOf(await createPromptClient({ url }).ask('Why?'), 'network');
    expect(failure).toMatchObject({ code: 'ECONNREFUSED', phase: 'head' });
    expect(failure.message).toMatch(/nothing listens there \(ECONNREFUSED\)\. Check host and port/);
    expect(new PromptError(failure).cause).toBe(failure.cause);
  });

  test('has no such host', async () => {
    const client = createPromptClient({ url: 'http://no-such-host.invalid/' });
    const failure = failureOf(await client.ask('Why?'), 'network');
    expect(failure.code).toMatch(/^(?:ENOTFOUND|EAI_AGAIN)$/);
    expect(failure.message).toContain('the name of the host is not known');
  });

  test.each<[how: string, end: (socket: Socket) => void]>([
    ['closes', (socket) => socket.end()],
    ['resets', (socket) => socket.resetAndDestroy()],
  ])('%s before the answer', async (_how, end) => {
    const url = await startRaw(end);
    const failure = failureOf(await createPromptClient({ url }).ask('Why?'), 'network');
    expect(failure.phase).toBe('head');
    expect(failure.message).toMatch(/closed before the answer was whole \(\w+\)\. Ask again/);
  });

  test.each(['200 OK', '200 Fine'])('closes in the middle of the body of a %s', async (status) => {
    const head = `HTTP/1.1 ${status}\r\nContent-Length: 100\r\n\r\n`;
    const url = await startRaw((socket) => void socket.end(`${head}{"prompt":"cut"}`));
    const failure = failureOf(await createPromptClient({ url }).ask('Why?'), 'network');
    expect(failure).toMatchObject({ phase: 'body', code: expect.any(String) });
  });

  test('closes in the middle of a failure, whose status is known', async () => {
    const head = 'HTTP/1.1 503 Busy\r\nContent-Length: 100\r\n\r\n';
    const url = await startRaw((socket) => void socket.end(`${head}over`));
    const failure = failureOf(await createPromptClient({ url }).ask('Why?'), 'status');
    expect(failure).toMatchObject({ status: 503, isBodyCut: true });
  });

  test('speaks no HTTP', async () => {
    const url = await saying('SSH-2.0-OpenSSH_9.6\r\n\r\n');
    const failure = failureOf(await createPromptClient({ url }).ask('Why?'), 'network');
    expect(failure.code).toMatch(/^(?:HPE_.+|HTTPParserError)$/);
    expect(failure.message).toContain('what came is not HTTP');
  });

  test('has more headers than fetch reads', async () => {
    const flood = `X-A: ${'a'.repeat(1000)}\r\n`.repeat(40);
    const url = await saying(`HTTP/1.1 200 OK\r\n${flood}\r\n`);
    const failure = failureOf(await createPromptClient({ url }).ask('Why?'), 'network');
    expect(failure.code).toBe('UND_ERR_HEADERS_OVERFLOW');
    expect(failure.message).toMatch(
      /headers are longer than Node's fetch reads, .+ \(UND_\w+\)\. Let/,
    );
  });

  test('speaks no TLS', async () => {
    const url = await saying('HTTP/1.1 400 Bad Request\r\n\r\n');
    const client = createPromptClient({ url: url.replace('http:', 'https:') });
    const failure = failureOf(await client.ask('Why?'), 'network');
    expect(failure.message).toMatch(/does not speak TLS \(\w+\)\. Check the port, or write http /);
  });

  test('is none on a port that fetch refuses', async () => {
    const client = createPromptClient({ url: 'http://127.0.0.1:6000/' });
    const failure = failureOf(await client.ask('Why?'), 'network');
    expect(failure.message).toContain('fetch refuses this port');
  });
});

describe('the room', () => {
  /** Writes until the client leaves. */
  async function startEndless(status: number) {
    const server = await startAnswering((response) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      const write = () => {
        while (!response.destroyed && response.write('["prompt", '.repeat(1000))) {}
      };
      response.on('drain', write);
      left = once(response, 'close');
      write();
    });
    let left: Promise<unknown> | undefined;
    return { url: server.url, left: () => left };
  }

  test('ends an answer without an end, and its connection', async () => {
    const { url, left } = await startEndless(200);
    const client = createPromptClient({ url, answerMaxBytes: 100_000 });
    const failure = failureOf(await client.ask('Why?'), 'too-large');
    expect(failure).toMatchObject({ reason: 'bytes', status: 200, answerMaxBytes: 100_000 });
    expect(failure.message).toMatch(/more than 100000 bytes\. .+ answerMaxBytes\.$/);
    await left();
  });

  test('ends a failure without an end, and keeps its beginning', async () => {
    const { url, left } = await startEndless(500);
    const failure = failureOf(await createPromptClient({ url }).ask('Why?'), 'status');
    expect(failure).toMatchObject({ status: 500, isBodyCut: true, detail: undefined });
    expect(failure.body).toHaveLength(64 * 1024);
    expect(failure.message.length).toBeLessThan(500);
    await left();
  });

  test('is just enough for an answer of the very length', async () => {
    const body = JSON.stringify({ prompt: 'x'.repeat(1000) });
    const server = await startAnswering((response) => response.end(body));
    const ask = (answerMaxBytes: number) =>
      createPromptClient({ url: server.url, answerMaxBytes }).ask('Why?');
    expect((await ask(body.length)).ok).toBe(true);
    failureOf(await ask(body.length - 1), 'too-large');
  });

  test('counts what a compressed body unfolds to', async () => {
    const packed = gzipSync(JSON.stringify({ prompt: 'x'.repeat(5_000_000) }));
    const server = await startAnswering((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    });
    const ask = (answerMaxBytes: number) =>
      createPromptClient({ url: server.url, answerMaxBytes }).ask('Why?');
    expect(packed.length).toBeLessThan(50_000);
    failureOf(await ask(50_000), 'too-large');
    expect(await ask(6_000_000)).toMatchObject({ ok: true, text: 'x'.repeat(5_000_000) });
  });
});

test('keeps no process alive after the answer', async () => {
  const server = await startAnswering((response) => {
    // The connection stays open from this side.
    response.setHeader('keep-alive', 'timeout=600');
    answerJson(response, { prompt: 'done' });
  });
  const program = `
    import { createPromptClient } from ${JSON.stringify(import.meta.resolve('../src/contract/client.ts'))};
    console.log(await createPromptClient({ url: process.argv[1] }).complete('Why?'));`;
  const args = ['--input-type=module', '--eval', program, server.url];
  // Its time is 10 minutes; this test's is 20 seconds.
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  expect(stdout).toBe('done\n');
});
