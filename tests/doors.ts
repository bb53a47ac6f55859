import { connect } from 'node:net';
import { afterAll, beforeAll, describe } from 'vitest';
import {
  createEmulator,
  type Emulator,
  type EmulatorInput,
  type Surroundings,
} from '../src/emulator/index.ts';
import { type RunningServer, serve } from '../src/emulator/node/index.ts';

/** A request as bytes would carry it; the doors differ in how they send it. */
export interface WireRequest {
  readonly method: string;
  readonly target: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: Uint8Array | string;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Buffer;
}

/** One way to reach an emulator. */
export interface Door {
  readonly emulator: Emulator;
  /** What a Host header would say. */
  readonly host: string;
  send(request: WireRequest): Promise<WireAnswer>;
}

/** How a door is reached. */
export type DoorName = 'in process' | 'over a socket';

/** Runs the same tests in process and over a socket. */
export function describeDoors(
  name: string,
  options: EmulatorInput,
  tests: (door: () => Door, kind: DoorName) => void,
  surroundings: () => Surroundings = () => ({}),
): void {
  describe.each<DoorName>(['in process', 'over a socket'])(`${name} (%s)`, (kind) => {
    let door: Door;
    let server: RunningServer | undefined;
    beforeAll(async () => {
      const emulator = createEmulator(options, surroundings());
      if (kind === 'over a socket') server = await serve(emulator, { port: 0 });
      door = server === undefined ? inProcess(emulator) : overSocket(emulator, server);
    });
    afterAll(() => server?.close({ drainTimeoutMs: 0 }));
    tests(() => door, kind);
  });
}

function inProcess(emulator: Emulator): Door {
  const host = 'localhost';
  return { emulator, host, send: (request) => sendInProcess(emulator, host, request) };
}

/** Through `fetch` where a `Request` can say it; what it cannot say goes to `handle`. */
async function sendInProcess(
  emulator: Emulator,
  host: string,
  { method, target, headers = [], body = '' }: WireRequest,
): Promise<WireAnswer> {
  const bytes = Buffer.from(body);
  if (isFetchable(method, target, headers, bytes)) {
    const request = new Request(`http://${host}${target}`, {
      method,
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      ...(bytes.length > 0 ? { body: bytes } : {}),
    });
    // A Request adds a type to a body that has none; the wire does not.
    if (!headers.some(([name]) => name.toLowerCase() === 'content-type')) {
      request.headers.delete('content-type');
    }
    const response = await emulator.fetch(request);
    return {
      status: response.status,
      headers: [...response.headers],
      body: Buffer.from(await response.arrayBuffer()),
    };
  }
  const all = [['Host', host] as const, ...headers];
  const outcome = await emulator.handle({
    method,
    target,
    rawHeaders: all.flat(),
    header: (name) => all.find(([known]) => known.toLowerCase() === name)?.[1] ?? null,
    body: bytes,
    signal: () => new AbortController().signal,
  });
  if (outcome.kind !== 'reply') throw new Error('the exchange was abandoned');
  const { status, headers: replyHeaders, body: replyBody } = outcome.reply;
  const sent: (string | Uint8Array)[] = [];
  if (typeof replyBody === 'string' || replyBody instanceof Uint8Array) sent.push(replyBody);
  else for await (const chunk of replyBody) sent.push(chunk);
  const whole = Buffer.concat(sent.map((part) => Buffer.from(part)));
  return { status, headers: replyHeaders, body: method === 'HEAD' ? Buffer.alloc(0) : whole };
}

const FETCH_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

function isFetchable(
  method: string,
  target: string,
  headers: readonly (readonly [string, string])[],
  body: Buffer,
): boolean {
  const names = headers.map(([name]) => name.toLowerCase());
  const isBodyless = method === 'GET' || method === 'HEAD';
  return (
    FETCH_METHODS.has(method) &&
    !(isBodyless && body.length > 0) &&
    new Set(names).size === names.length &&
    // A URL is normalised when a Request is made of it; the wire is not.
    `http://localhost${target}` === new URL(`http://localhost${target}`).href
  );
}

function overSocket(emulator: Emulator, server: RunningServer): Door {
  const host = `127.0.0.1:${server.port}`;
  return {
    emulator,
    host,
    async send({ method, target, headers = [], body = '' }) {
      const bytes = Buffer.from(body);
      const framed: (readonly [string, string])[] = [['Host', host], ...headers];
      const hasLength = bytes.length > 0 || ['POST', 'PUT', 'PATCH'].includes(method);
      if (hasLength) framed.push(['Content-Length', String(bytes.length)]);
      framed.push(['Connection', 'close']);
      const lines = framed.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      const head = Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`, 'latin1');
      return parseAnswer(await exchangeBytes(server.port, [head, bytes]));
    },
  };
}

/** Sends bytes over a connection of its own and collects all that comes back until it closes. */
export function exchangeBytes(port: number, parts: readonly Uint8Array[]): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const received: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => {
      for (const part of parts) socket.write(part);
    });
    socket.on('data', (chunk) => received.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(received)));
  });
}

/** Reads one HTTP/1.1 answer. */
export function parseAnswer(bytes: Buffer): WireAnswer {
  const end = bytes.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = lines.map((line): readonly [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const isChunked = headers.some(
    ([name, value]) => name === 'transfer-encoding' && value === 'chunked',
  );
  const rest = bytes.subarray(end + 4);
  return {
    status: Number(statusLine.split(' ')[1]),
    headers,
    body: isChunked ? unchunk(rest) : rest,
  };
}

function unchunk(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', offset);
    const size = Number.parseInt(bytes.subarray(offset, lineEnd).toString('latin1'), 16);
    if (!(size > 0)) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    offset = lineEnd + 2 + size + 2;
  }
}
