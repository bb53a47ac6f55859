import { connect, type Socket } from 'node:net';
import { afterEach } from 'vitest';
import {
  type AnswerSource,
  createEmulator,
  type Emulator,
  type EmulatorInput,
  type Surroundings,
} from '../src/emulator/index.ts';
import { type RunningServer, type ServeOptions, serve } from '../src/emulator/node/index.ts';
import { parseAnswer, type WireAnswer } from './doors.ts';

const running = new Set<RunningServer>();
const clients = new Set<Client>();

/** A server of its own, which ends with the test. */
export async function startServer(
  input: EmulatorInput = {},
  { emulator, ...surroundings }: Surroundings & { emulator?: Emulator } = {},
  options: ServeOptions = {},
) {
  const served = emulator ?? createEmulator(input, surroundings);
  const server = await serve(served, { port: 0, ...options });
  running.add(server);
  return { emulator: served, server, port: server.port };
}

afterEach(async () => {
  for (const client of clients) client.socket.destroy();
  clients.clear();
  await Promise.all([...running].map((server) => server.close({ drainTimeoutMs: 0 })));
  running.clear();
});

/** A connection over which anything can be said. */
export interface Client {
  readonly socket: Socket;
  /** Resolves when the bytes have left. */
  send(...parts: readonly (string | Uint8Array)[]): Promise<void>;
  /** The next answers, in the order of arrival; `methods` says which of them have no body. */
  answers(count: number, methods?: readonly string[]): Promise<readonly WireAnswer[]>;
  /** What was not read as an answer, once the server has closed the connection. */
  rest(): Promise<string>;
  /** Resolves when the connection is gone, whoever ended it. */
  readonly closed: Promise<void>;
}

/** Connects to a server on this machine. */
export async function openClient(port: number, host = '127.0.0.1'): Promise<Client> {
  const socket = connect(port, host);
  let received: Buffer = Buffer.alloc(0);
  let pending: Buffer[] = [];
  let wantedBytes = 0;
  let look = () => {};
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => resolve());
  });
  // A reset is a way to close; what was received says the rest.
  socket.on('error', () => {});
  socket.on('data', (chunk) => {
    pending.push(chunk);
    const bytes = pending.reduce((sum, part) => sum + part.length, received.length);
    // Large answers are put together once, not once for each packet.
    if (bytes >= wantedBytes) gather();
    look();
  });
  const gather = () => {
    received = Buffer.concat([received, ...pending]);
    pending = [];
  };
  const client: Client = {
    socket,
    closed,
    send: (...parts) =>
      new Promise((resolve) => {
        const bytes = parts.map((part) => Buffer.from(part as string, 'latin1'));
        socket.write(Buffer.concat(bytes), () => resolve());
      }),
    answers: (count, methods = []) =>
      new Promise((resolve, reject) => {
        const found: WireAnswer[] = [];
        look = () => {
          while (found.length < count) {
            const end = findEnd(received, methods[found.length] ?? 'GET');
            wantedBytes = end ?? 0;
            if (end === null || end > received.length) return;
            found.push(parseAnswer(received.subarray(0, end)));
            received = received.subarray(end);
          }
          resolve(found);
        };
        look();
        void closed.then(() => {
          gather();
          const text = JSON.stringify(received.toString('latin1').slice(0, 500));
          reject(new Error(`closed after ${found.length} of ${count} answers, with ${text}`));
        });
      }),
    rest: async () => {
      await closed;
      gather();
      return received.toString('latin1');
    },
  };
  clients.add(client);
  await new Promise<void>((resolve) => {
    socket.once('connect', () => resolve());
    socket.once('close', () => resolve());
  });
  return client;
}

/** Where the first answer ends, or will end; null as long as that is not known. */
function findEnd(bytes: Buffer, method: string): number | null {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const { status, headers } = parseAnswer(bytes.subarray(0, headEnd + 4));
  const bodyStart = headEnd + 4;
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return bodyStart;
  const header = (name: string) => headers.find(([known]) => known === name)?.[1];
  if (header('transfer-encoding') === 'chunked') {
    const end = bytes.indexOf('0\r\n\r\n', bodyStart);
    return end < 0 ? null : end + 5;
  }
  return bodyStart + Number(header('content-length'));
}

/** A valid POST, as bytes. */
export function postBytes(prompt: string, headers: readonly string[] = []): string {
  const body = JSON.stringify({ prompt });
  const lines = ['Content-Type: application/json', `Content-Length: ${body.length}`, ...headers];
  return requestBytes('POST /', lines, body);
}

/** A request with a Host header, as bytes. */
export function requestBytes(line: string, headers: readonly string[] = [], body = ''): string {
  return `${[`${line} HTTP/1.1`, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n${body}`;
}

/** The value of an answer's header. */
export function headerOf(answer: WireAnswer | undefined, name: string): string | undefined {
  return answer?.headers.find(([known]) => known === name)?.[1];
}

/** The prompt that an answer of the echo source begins with. */
export function textOf(answer: WireAnswer | undefined): string {
  const parsed: unknown = JSON.parse(answer?.body.toString() ?? '{}');
  return String(Object.values(parsed as object)[0]);
}

/** An answer source that answers with the prompt when it is told to. */
export function createGate() {
  const held: (() => void)[] = [];
  const listeners: (() => void)[] = [];
  const source: AnswerSource = {
    name: 'gate',
    summary: 'answers when it is told to',
    needsPrompt: true,
    answer: ({ prompt }) =>
      new Promise((resolve) => {
        held.push(() => resolve(prompt));
        for (const listener of listeners.splice(0)) listener();
      }),
  };
  return {
    source,
    get held() {
      return held.length;
    },
    /** Resolves when so many questions wait. */
    async reached(count: number) {
      while (held.length < count) await new Promise<void>((resolve) => listeners.push(resolve));
    },
    /** Answers the questions that wait, the oldest first or as the indexes say. */
    release(...indexes: readonly number[]) {
      const chosen = indexes.length === 0 ? held.splice(0) : indexes.map((index) => held[index]);
      for (const answer of chosen) answer?.();
    },
  };
}

/** Asks once more, on a connection of its own: proves that a server still answers. */
export async function statusOfNext(
  port: number,
  request = postBytes('still there'),
): Promise<number | undefined> {
  const client = await openClient(port);
  await client.send(request);
  const [answer] = await client.answers(1);
  client.socket.destroy();
  return answer?.status;
}
