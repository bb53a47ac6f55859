import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Outcome } from '../../scenarios/outcome.ts';
import { findHeader } from '../call.ts';
import type { Emulator } from '../emulator.ts';
import { INTERNAL_SERVER_ERROR } from '../function/replies.ts';
import { isControlTarget } from './control-target.ts';
import type { HttpSocket } from './http-socket.ts';
import type { Wires } from './perform-wire.ts';
import { answerAndClose, takeOver, whenBare } from './raw-answer.ts';
import type { RawRequest } from './raw-request.ts';
import { NOT_IMPLEMENTED } from './refusal.ts';

/** Who is told of errors that are nobody's input, and who performs wires. */
export interface UnknownOptions {
  readonly wires: Wires;
  readonly onError: (error: unknown) => void;
}

/** Answers as the endpoint does to a method that Node does not pass on as a request. */
export function answerUnknown(emulator: Emulator, { wires, onError }: UnknownOptions) {
  const perform = (outcome: Outcome, socket: HttpSocket) => {
    if (outcome.kind === 'abandoned') socket.destroy();
    else if (outcome.kind === 'reply') answerAndClose(socket, outcome.reply);
    else whenBare(socket, () => wires.performOn(outcome.wire, socket));
  };

  return (socket: HttpSocket, { method, target, rawHeaders }: RawRequest) => {
    if (isControlTarget(target)) return answerAndClose(socket, NOT_IMPLEMENTED);
    const fail = (error: unknown) => {
      onError(error);
      answerAndClose(socket, INTERNAL_SERVER_ERROR);
    };
    try {
      const outcome = emulator.handle({
        method,
        target,
        rawHeaders,
        header: (name) => findHeader(rawHeaders, name),
        signal: () => leavingSignal(socket),
        // The function refuses the method before it would read a body.
        body: new Uint8Array(),
      });
      if (!(outcome instanceof Promise)) return perform(outcome, socket);
      takeOver(socket, () => {});
      void outcome.then((ended) => perform(ended, socket)).catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}

function leavingSignal(socket: HttpSocket): AbortSignal {
  const left = new AbortController();
  const leave = () => left.abort(new DOMException('The client left.', 'AbortError'));
  if (socket.destroyed) leave();
  else socket.once('close', leave);
  return left.signal;
}

/** Answers CONNECT, for which Node hands over the bare connection: to FastAPI it is a method. */
export function answerConnect(emulator: Emulator, options: UnknownOptions) {
  const answer = answerUnknown(emulator, options);
  return ({ method = '', url = '/', rawHeaders }: IncomingMessage, duplex: Duplex) => {
    const socket = duplex as HttpSocket; // Node types what any stream could be; a server's is TCP.
    // Node has taken its own listeners away; answers to requests before may still need them.
    socket.on('error', () => socket.destroy());
    socket.on('drain', () => socket._httpMessage?.emit('drain'));
    answer(socket, { method, target: url, rawHeaders });
  };
}
