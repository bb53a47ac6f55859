import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Call, findHeader } from '../call.ts';

/** Makes a call from Node's message and the body read from it. */
export function callFromMessage(
  message: IncomingMessage,
  response: ServerResponse,
  body: Uint8Array,
): Call {
  const { rawHeaders } = message;
  return {
    method: message.method ?? 'GET',
    target: message.url ?? '/',
    rawHeaders,
    body,
    // Node's own `headers` would join repeated ones; Starlette takes the first.
    header: (name) => findHeader(rawHeaders, name),
    signal: () => leavingSignal(response),
  };
}

function leavingSignal(response: ServerResponse): AbortSignal {
  const left = new AbortController();
  const leave = () => left.abort(new DOMException('The client left.', 'AbortError'));
  if (response.destroyed) leave();
  // Closing after the answer was written is no leaving.
  else response.once('close', () => response.writableFinished || leave());
  return left.signal;
}
