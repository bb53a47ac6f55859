import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A server's connection, with what Node hangs on it untyped, in Node 20 as in 24. */
export interface HttpSocket extends Socket {
  /** The answer whose turn it is; those of pipelined requests queue behind it. */
  readonly _httpMessage?: ServerResponse | null;
  parser?: {
    /** The request being read; null between requests. */
    readonly incoming?: IncomingMessage | null;
    /** Leaves the list of those whose requests may be slow. */
    remove?(): void;
    close?(): void;
  } | null;
}

/**
 * Gives back the parser of a connection that was taken over and will only end: it is half of what
 * the connection weighs. It is given back as Node does it, after whatever the parser is doing.
 */
export function releaseParser(socket: HttpSocket): void {
  const { parser } = socket;
  if (parser?.remove === undefined || parser.close === undefined) return;
  socket.parser = null;
  parser.remove();
  setImmediate(() => parser.close?.());
}

/** Calls back when every whole request of a connection has its answer, or the connection is gone. */
export function afterAnswers(socket: HttpSocket, then: () => void): void {
  const answer = socket._httpMessage;
  const isPending = answer?.req.complete === true && !socket.destroyed;
  if (isPending) answer.once('close', () => afterAnswers(socket, then));
  else then();
}

/** Calls back when a connection has no request under way, not even one that is still arriving. */
export function whenIdle(socket: HttpSocket, then: () => void): void {
  const answer = socket._httpMessage;
  if (answer && !socket.destroyed) answer.once('close', () => whenIdle(socket, then));
  else then();
}
