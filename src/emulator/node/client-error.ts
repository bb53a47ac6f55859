import type { Duplex } from 'node:stream';
import type { Reply } from '../../scenarios/outcome.ts';
import type { Emulator } from '../emulator.ts';
import { afterAnswers, type HttpSocket } from './http-socket.ts';
import { answerAndClose, takeOver } from './raw-answer.ts';
import { findUnparsed, type RawRequest, readHead } from './raw-request.ts';
import { refusal } from './refusal.ts';
import { answerUnknown, type UnknownOptions } from './unknown-method.ts';

/** What Node's parser tells of a message that it could not read. */
interface ParseError extends Error {
  readonly code?: string;
  readonly reason?: string;
  readonly bytesParsed?: number;
  readonly rawPacket?: Buffer;
}

/** How far unparsed requests are read, and who is told of errors. */
export interface UnparsedOptions extends UnknownOptions {
  readonly headersMaxBytes: number;
  readonly onUnread: (reason: string) => void;
}

/**
 * Answers what Node's parser refuses. A method that it does not know is still a request to the
 * function, which answers 405 as FastAPI does; anything else is no HTTP and ends the connection.
 */
export function answerUnparsed(emulator: Emulator, options: UnparsedOptions) {
  const met = new WeakSet<Duplex>();
  const answer = answerUnknown(emulator, options);

  return (error: ParseError, duplex: Duplex) => {
    const socket = duplex as HttpSocket; // Node types what any stream could be; a server's is TCP.
    if (error.code === 'ECONNRESET' || socket.destroyed) return void socket.destroy();
    // The second error is that the client closes or takes too long; the first has its answer.
    if (met.has(socket)) return void socket.end();
    met.add(socket);
    // After `Connection: close` there is nothing more to answer.
    if (isAnswered(socket) || error.code === 'HPE_CLOSED_CONNECTION') {
      takeOver(socket, () => {});
      return afterAnswers(socket, () => socket.destroySoon());
    }
    const { rawPacket: packet, bytesParsed = 0 } = error;
    const start =
      error.code === 'HPE_INVALID_METHOD' && packet ? findUnparsed(packet, bytesParsed) : null;
    const refuse = (reply: Reply) => {
      options.onUnread(String(reply.body).trim());
      answerAndClose(socket, reply);
    };
    if (packet === undefined || start === null) return refuse(refusal(error));
    collectHead(socket, packet.subarray(start), options.headersMaxBytes, (head) => {
      if ('status' in head) refuse(head);
      else answer(socket, head);
    });
  };
}

/** Whether the request that is wrong got its answer before, because it was refused unread. */
function isAnswered(socket: HttpSocket): boolean {
  const request = socket.parser?.incoming;
  return request?.complete === false && !socket._httpMessage;
}

/** Waits for the rest of a head that came in pieces. */
function collectHead(
  socket: HttpSocket,
  first: Buffer,
  bytesMax: number,
  onHead: (head: RawRequest | Reply) => void,
): void {
  let bytes: Buffer = first;
  const look = () => {
    const head = readHead(bytes);
    if (head === null) onHead(refusal({ reason: 'Invalid method encountered' }));
    else if (head !== 'unfinished') onHead(head);
    else if (bytes.length > bytesMax) onHead(refusal({ code: 'HPE_HEADER_OVERFLOW' }));
  };
  takeOver(socket, (chunk) => {
    bytes = Buffer.concat([bytes, chunk]);
    look();
  });
  look();
}
