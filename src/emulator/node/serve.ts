import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Outcome } from '../../scenarios/outcome.ts';
import { isControlPath } from '../control/port.ts';
import type { Emulator } from '../emulator.ts';
import { MEBIBYTE } from '../options.ts';
import { answerUnparsed } from './client-error.ts';
import { listenError } from './listen-error.ts';
import { callFromMessage } from './node-call.ts';
import { perform } from './perform.ts';
import { type BodyBudget, readBody } from './read-body.ts';

/** Where to listen, and how much to take. */
export interface ServeOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 8000; 0 for a free one. */
  readonly port?: number;
  /** Connections beyond it are closed at once. Default 20,000. */
  readonly connectionsMax?: number;
  /** For all request bodies being read together. Default 1 GiB, at least one body's limit. */
  readonly bodiesMaxBytes?: number;
  /** How long a client may take to send its headers. Default 60 s. */
  readonly headersTimeoutMs?: number;
  /** How long a client may take to send a whole request. Default 300 s. */
  readonly requestTimeoutMs?: number;
}

/** A server that listens. */
export interface RunningServer {
  /** `http://127.0.0.1:8000`, without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Stops accepting and resolves when the exchanges under way have ended, or were cut off. */
  close(options?: { readonly drainTimeoutMs?: number }): Promise<void>;
}

/**
 * Serves an emulator on a socket.
 * @throws UsageError when the address cannot be listened on
 */
export async function serve(
  emulator: Emulator,
  options: ServeOptions = {},
): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 8000 } = options;
  const server = createServer(
    {
      headersTimeout: options.headersTimeoutMs ?? 60_000,
      requestTimeout: options.requestTimeoutMs ?? 300_000,
      // The contract's answers are small: waiting to fill a packet would only delay them.
      noDelay: true,
    },
    createListener(emulator, options),
  );
  server.maxConnections = options.connectionsMax ?? 20_000;
  server.on('clientError', answerUnparsed(emulator));
  await listen(server, host, port);
  const address = server.address() as AddressInfo; // A TCP server that listens has one.
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${shownHost}:${address.port}`,
    host: address.address,
    port: address.port,
    close: (closing = {}) => closeServer(server, emulator, closing.drainTimeoutMs ?? 10_000),
  };
}

/**
 * The Node door. The endpoint's exchanges take the short way: body, `handle`, socket, in one turn
 * where nothing waits. The control plane takes the long one, through `fetch`.
 */
function createListener(emulator: Emulator, options: ServeOptions) {
  const viaFetch = getRequestListener(emulator.fetch, { overrideGlobalObjects: false });
  const { bodyMaxBytes } = emulator.config;
  const totalMaxBytes = Math.max(options.bodiesMaxBytes ?? 1024 * MEBIBYTE, bodyMaxBytes);
  const budget: BodyBudget = { bodyMaxBytes, totalMaxBytes, usedBytes: 0 };

  return (message: IncomingMessage, response: ServerResponse) => {
    const method = message.method ?? 'GET';
    if (isControlTarget(message.url ?? '/')) {
      void viaFetch(message, response);
      return;
    }
    readBody(message, budget, (body) => {
      if ('status' in body) return perform({ kind: 'reply', reply: body }, response, method);
      const outcome = emulator.handle(callFromMessage(message, response, body));
      if (!(outcome instanceof Promise)) return perform(outcome, response, method);
      void outcome.then((ended: Outcome) => perform(ended, response, method));
    });
  };
}

function isControlTarget(target: string): boolean {
  return target.startsWith('/__admin') && isControlPath(target.split('?', 1)[0] ?? target);
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen({ host, port, backlog: 4096 }, resolve);
  });
}

async function closeServer(
  server: Server,
  emulator: Emulator,
  drainTimeoutMs: number,
): Promise<void> {
  emulator.setReady(false);
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), drainTimeoutMs);
  await closed;
  clearTimeout(timer);
}
