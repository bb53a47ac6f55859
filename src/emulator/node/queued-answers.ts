import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

const queues = new WeakMap<Socket, Set<ServerResponse>>();

/**
 * Tells an answer that waits for its turn when its connection closes. Node 20 tells only the one
 * whose turn it is, and the others would wait for their client for ever.
 */
export function tellOfClosing(response: ServerResponse): void {
  // Node tells those that have their turn.
  if (response.socket !== null) return;
  const { socket } = response.req;
  const queue = queues.get(socket) ?? watch(socket);
  queue.add(response);
  response.once('close', () => queue.delete(response));
}

function watch(socket: Socket): Set<ServerResponse> {
  const queue = new Set<ServerResponse>();
  queues.set(socket, queue);
  socket.once('close', () => {
    for (const response of queue) response.destroy();
    // A Node that tells them itself has done so by then.
    setImmediate(() => {
      for (const response of queue) response.emit('close');
    });
  });
  return queue;
}
