import type { Socket } from 'node:net';

/** Resolves when the system has taken the bytes; rejects when the connection is gone. */
export function writeBytes(socket: Socket, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.write(bytes, (error) => (error ? reject(error) : resolve()));
  });
}

/** What the other side's system takes at once, read or not: measured, the least is 64 KiB. */
const WINDOW_BYTES = 60_000;

/** How long a client that reads may take for what lies between the two systems. */
const DELIVERY_MS = 50;

/**
 * Calls back when the bytes that the system has taken are with the other side. A reset throws away
 * what is still on its way, and no system tells when that is nothing; so what the other side may
 * have had no room for gets some time.
 */
export function afterDelivery(socket: Socket, sentBytes: number, then: () => void): void {
  if (sentBytes <= WINDOW_BYTES) {
    then();
    return;
  }
  const end = () => {
    clearTimeout(timer);
    socket.off('close', end);
    then();
  };
  const timer = setTimeout(end, DELIVERY_MS);
  socket.on('close', end);
}
