import type { IncomingMessage } from 'node:http';
import type { Call } from '../call.ts';

/** Makes a call from Node's message and the body read from it. */
export function callFromMessage(message: IncomingMessage, body: Uint8Array): Call {
  const { headers } = message;
  return {
    method: message.method ?? 'GET',
    target: message.url ?? '/',
    rawHeaders: message.rawHeaders,
    body,
    header(name) {
      const value = headers[name];
      if (value === undefined) return null;
      return typeof value === 'string' ? value : (value[0] ?? null);
    },
  };
}
