import type { Server } from 'node:http';
import { Server as NetServer } from 'node:net';
import { type HttpSocket, whenIdle } from './http-socket.ts';

/** Keeps the connections of a server: Node's own list lacks those that it gave up reading. */
export function trackSockets(server: Server): ReadonlySet<HttpSocket> {
  const sockets = new Set<HttpSocket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/** What a timer can wait; more would be no wait at all. */
const TIMER_MAX_MS = 2 ** 31 - 1;

/** Stops accepting, and resolves when every exchange under way has ended or was cut off. */
export async function closeServer(
  server: Server,
  sockets: ReadonlySet<HttpSocket>,
  drainTimeoutMs: number,
): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    // The HTTP server's own `close` cuts off answers that are written but not sent yet, and leaves
    // connections open that never asked for anything.
    NetServer.prototype.close.call(server, () => resolve());
  });
  for (const socket of sockets) whenIdle(socket, () => socket.destroySoon());
  const timer = setTimeout(
    () => {
      for (const socket of sockets) socket.destroy();
    },
    Math.min(drainTimeoutMs, TIMER_MAX_MS),
  );
  await closed;
  clearTimeout(timer);
  // Node calls the server closed before its last connections are, and exchanges hear of the latter.
  await Promise.all(
    Array.from(sockets, (socket) => new Promise((resolve) => socket.once('close', resolve))),
  );
  // What is left to close is Node's timer for slow requests.
  server.close();
}
