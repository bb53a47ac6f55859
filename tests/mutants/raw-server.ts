import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { afterEach } from 'vitest';

/** A server that can answer anything. */
export interface RawServer {
  readonly port: number;
  /** `http://127.0.0.1:‹port›/`, or `https:`. */
  readonly url: string;
  /** How many connections there were. */
  readonly accepted: number;
  /** Resolves when every connection is gone. */
  allClosed(): Promise<void>;
  close(): Promise<void>;
}

/** A request as it came. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly head: string;
  readonly body: Buffer;
}

/** Answers one request on a connection; whoever answers also ends the connection. */
export type Answer = (socket: Socket, request: RawRequest) => void;

/** What a server may be told. */
export interface RawServerOptions {
  readonly tls?: TlsOptions;
  readonly host?: string;
  /** Takes connections over as they come, before anything is read. */
  readonly onConnection?: (socket: Socket) => void;
}

const running = new Set<RawServer>();

afterEach(async () => {
  await Promise.all([...running].map((server) => server.close()));
});

/** Starts a server that ends with the test, if not before. */
export async function startRawServer(
  answer: Answer,
  options: RawServerOptions = {},
): Promise<RawServer> {
  const { tls, host = '127.0.0.1', onConnection } = options;
  const sockets = new Set<Socket>();
  let accepted = 0;
  let emptied = () => {};
  const listen = (socket: Socket) => {
    accepted += 1;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => {
      sockets.delete(socket);
      if (sockets.size === 0) emptied();
    });
    if (onConnection === undefined) readRequest(socket, answer);
    else onConnection(socket);
  };
  const server = tls === undefined ? createServer(listen) : createTlsServer(tls, listen);
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const { port } = server.address() as { port: number }; // A TCP server that listens has one.
  const shown = host.includes(':') ? `[${host}]` : host;
  const self: RawServer = {
    port,
    url: `${tls === undefined ? 'http' : 'https'}://${shown}:${port}/`,
    get accepted() {
      return accepted;
    },
    allClosed: () =>
      new Promise((resolve) => {
        if (sockets.size === 0) resolve();
        else emptied = resolve;
      }),
    close() {
      running.delete(self);
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  running.add(self);
  return self;
}

/** Calls back with the first request of a connection, once it is whole. */
function readRequest(socket: Socket, answer: Answer): void {
  let received = Buffer.alloc(0);
  const onData = (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    const headEnd = received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = received.toString('latin1', 0, headEnd);
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
    if (received.length < headEnd + 4 + length) return;
    socket.off('data', onData);
    socket.resume();
    const [method = '', target = ''] = head.split(' ', 2);
    answer(socket, { method, target, head, body: received.subarray(headEnd + 4) });
  };
  socket.on('data', onData);
}
