import { STATUS_CODES } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from 'vitest';
import type { EmulatorInput } from '../src/emulator/index.ts';
import type { Outcome, Reply } from '../src/scenarios/outcome.ts';
import { REASON_PHRASES } from '../src/scenarios/reason-phrases.ts';
import { frameChunk, latin1, type RenderOptions, renderReply } from '../src/scenarios/wire.ts';
import { postBytes, requestBytes, startServer } from './server-client.ts';
import { createInterceptor } from './wire-world.ts';

async function textOf(reply: Reply, options: Partial<RenderOptions> = {}): Promise<string> {
  const { head, body } = renderReply(reply, { method: 'POST', nowMs: 0, ...options });
  const parts = [Buffer.from(head)];
  for await (const part of body) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('latin1');
}

/** The first bytes that come back, up to an end that the test knows. */
function readUntil(port: number, request: string, end: string): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!text.endsWith(end)) return;
      socket.destroy();
      resolve(text);
    });
  });
}

const DATE = /Date: [^\r]*/;
const POST = postBytes('hi');
const STREAM = { handler: { kind: 'stream' as const, events: ['one', '', 'two \u00e9'] } };
const ODD = {
  handler: {
    kind: 'http-exception' as const,
    status: 599,
    detail: 'odd',
    headers: { 'X-A': '\u00e9' },
  },
};

describe('a reply is laid out as the Node door writes it', () => {
  const cases: [string, EmulatorInput, string, string][] = [
    ['an answer', {}, POST, '"}'],
    ['an answer beyond ASCII', { answer: 'echo' }, postBytes('x', []), '"}'],
    ['a 404', {}, requestBytes('GET /x'), '"}'],
    ['HEAD', {}, requestBytes('HEAD /'), '\r\n\r\n'],
    ['a stream', { function: STREAM }, POST, '\r\n0\r\n\r\n'],
    ['an odd status and an odd header', { function: ODD }, POST, '}'],
  ];
  test.each(cases)('%s', async (_name, input, request, end) => {
    const interceptor = createInterceptor();
    const outcomes: Promise<Outcome>[] = [];
    interceptor.now.intercept = (_exchange, core) => {
      outcomes.push(core());
      return core();
    };
    const { port } = await startServer(input, { intercept: interceptor.intercept });
    const written = await readUntil(port, request, end);
    const outcome = await outcomes[0];
    if (outcome?.kind !== 'reply') throw new Error('no reply');
    const method = request.slice(0, request.indexOf(' '));
    const rendered = await textOf(outcome.reply, { method });
    expect(rendered.replace(DATE, 'Date')).toBe(written.replace(DATE, 'Date'));
  });

  test.each([204, 304])('%i, which has no body', async (status) => {
    const reply: Reply = { status, headers: [['x-a', 'b']], body: 'none' };
    const interceptor = createInterceptor();
    interceptor.now.intercept = async () => ({ kind: 'reply', reply });
    const { port } = await startServer({}, { intercept: interceptor.intercept });
    const written = await readUntil(port, POST, '\r\n\r\n');
    expect((await textOf(reply)).replace(DATE, 'Date')).toBe(written.replace(DATE, 'Date'));
  });
});

test('the clock says the date, the caller what else is said', async () => {
  const reply: Reply = { status: 200, headers: [], body: 'four' };
  expect(await textOf(reply, { contentLength: 9, connection: 'close' })).toBe(
    'HTTP/1.1 200 OK\r\ncontent-length: 9\r\nDate: Thu, 01 Jan 1970 00:00:00 GMT\r\n' +
      'Connection: close\r\n\r\nfour',
  );
});

test('bytes stay bytes, and a chunk says how many they are', async () => {
  const bytes = Uint8Array.of(0, 127, 128, 255);
  expect(await textOf({ status: 200, headers: [], body: bytes })).toMatch(/\0\x7f\x80\xff$/);
  expect(latin1('\u0000\u007f\u0080\u00ff')).toEqual(bytes);
  expect(Buffer.from(frameChunk(new Uint8Array(26).fill(97))).toString()).toBe(
    `1a\r\n${'a'.repeat(26)}\r\n`,
  );
});

test('every status has the phrase that Node gives it', () => {
  expect({ ...REASON_PHRASES, 509: undefined }).toEqual({ ...STATUS_CODES, 509: undefined });
});
