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
      // Node joins repeated headers by commas; Starlette takes the first.
      if (typeof value !== 'string' || value.includes(',')) return firstValue(message, name);
      return value;
    },
  };
}

function firstValue({ rawHeaders }: IncomingMessage, name: string): string | null {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === name) return rawHeaders[index + 1] ?? null;
  }
  return null;
}
