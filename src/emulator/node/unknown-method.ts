import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Reply } from '../../scenarios/outcome.ts';
import { findHeader } from '../call.ts';
import type { Emulator } from '../emulator.ts';
import { INTERNAL_SERVER_ERROR } from '../function/replies.ts';
import { isControlTarget } from './control-target.ts';
import type { HttpSocket } from './http-socket.ts';
import { answerAndClose } from './raw-answer.ts';
import type { RawRequest } from './raw-request.ts';
import { NOT_IMPLEMENTED } from './refusal.ts';

/** Who is told of errors that are nobody's input. */
export interface UnknownOptions {
  readonly onError: (error: unknown) => void;
}

/** What the endpoint answers to a method that Node does not pass on as a request. */
export function answerUnknown(
  emulator: Emulator,
  { onError }: UnknownOptions,
  { method, target, rawHeaders }: RawRequest,
): Reply {
  if (isControlTarget(target)) return NOT_IMPLEMENTED;
  try {
    const outcome = emulator.handle({
      method,
      target,
      rawHeaders,
      header: (name) => findHeader(rawHeaders, name),
      signal: () => new AbortController().signal,
      // The function refuses the method before it would read a body.
      body: new Uint8Array(),
    });
    // Only the function's own method is ever waited for.
    if (outcome instanceof Promise || outcome.kind !== 'reply') return NOT_IMPLEMENTED;
    return outcome.reply;
  } catch (error) {
    onError(error);
    return INTERNAL_SERVER_ERROR;
  }
}

/** Answers CONNECT, for which Node hands over the bare connection: to FastAPI it is a method. */
export function answerConnect(emulator: Emulator, options: UnknownOptions) {
  return ({ method = '', url = '/', rawHeaders }: IncomingMessage, duplex: Duplex) => {
    const socket = duplex as HttpSocket; // Node types what any stream could be; a server's is TCP.
    // Node has taken its own listeners away; answers to requests before may still need them.
    socket.on('error', () => socket.destroy());
    socket.on('drain', () => socket._httpMessage?.emit('drain'));
    answerAndClose(socket, answerUnknown(emulator, options, { method, target: url, rawHeaders }));
  };
}
