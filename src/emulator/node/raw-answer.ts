import { STATUS_CODES } from 'node:http';
import { isStreamed, type Reply } from '../../scenarios/outcome.ts';
import { afterAnswers, type HttpSocket } from './http-socket.ts';

/** How long what a client still sends is read and thrown away, so that it can read its answer. */
const LINGER_MS = 2_000;

/** Takes a connection from Node's parser and hands over what still arrives. */
export function takeOver(socket: HttpSocket, onData: (chunk: Buffer) => void): void {
  socket.removeAllListeners('data');
  // Listening makes Node hand the data to us instead of the parser.
  socket.on('data', onData);
  socket.resume();
}

/**
 * Hands over the bare connection once the requests before have their answers. An answer that has
 * begun cannot be replaced by another, so its connection breaks off.
 */
export function whenBare(socket: HttpSocket, then: () => void): void {
  takeOver(socket, () => {});
  afterAnswers(socket, () => {
    if (socket._httpMessage?.headersSent) socket.destroy();
    then();
  });
}

/**
 * Answers on the bare connection, once the requests before have their answers, and closes it.
 * Closing at once would reset it under a client that is still sending, and the answer be lost.
 */
export function answerAndClose(socket: HttpSocket, reply: Reply): void {
  whenBare(socket, () => {
    if (socket.destroyed) return;
    if (socket.writable) socket.end(render(reply));
    destroyLater(socket);
  });
}

/** Ends a connection whose client does not end its side. */
export function destroyLater(socket: HttpSocket): void {
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}

function render({ status, headers, body }: Reply): Buffer {
  // Nothing that is streamed is answered here: it would need the function's own method.
  const bytes = Buffer.from(isStreamed(body) ? '' : body);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `content-length: ${bytes.length}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
    `date: ${new Date().toUTCString()}`,
    'connection: close',
  ];
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]);
}
