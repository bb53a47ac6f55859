import type { ServerResponse } from 'node:http';
import { isStreamed, type Outcome, type Reply } from '../../scenarios/outcome.ts';
import { tellOfClosing } from './queued-answers.ts';

/** Performs an outcome on a socket. */
export function perform(outcome: Outcome, response: ServerResponse, method: string): void {
  if (outcome.kind === 'abandoned') {
    response.destroy();
    return;
  }
  writeReply(outcome.reply, response, method);
}

/** Statuses that HTTP gives no body. */
function isBodiless(status: number): boolean {
  return status === 204 || status === 304;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const NON_ASCII = /[^\x00-\x7f]/;

function writeReply(
  { status, headers, body }: Reply,
  response: ServerResponse,
  method: string,
): void {
  const isEmpty = method === 'HEAD' || isBodiless(status);
  if (isStreamed(body)) {
    response.writeHead(status, headers.flat());
    if (isEmpty) response.end();
    else void writeStream(body, response);
    return;
  }
  const flat: string[] = [];
  if (!isBodiless(status)) {
    const bytes = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
    flat.push('content-length', String(bytes));
  }
  let isAscii = true;
  for (const [name, value] of headers) {
    flat.push(name, value);
    if (NON_ASCII.test(value)) isAscii = false;
  }
  response.writeHead(status, flat);
  if (isEmpty) response.end();
  // Node writes a text and its headers in one encoding; bytes keep the headers in latin-1.
  else response.end(isAscii || typeof body !== 'string' ? body : Buffer.from(body));
}

/** Writes chunk by chunk, never faster than the client reads; stops when the client leaves. */
async function writeStream(body: AsyncIterable<string>, response: ServerResponse): Promise<void> {
  try {
    for await (const chunk of body) {
      if (response.destroyed) return;
      if (!response.write(chunk)) await drained(response);
    }
    response.end();
  } catch {
    // A body that fails in the middle ends as on Modal: the connection breaks off, after what was
    // written before.
    if (response.socket) response.socket.destroySoon();
    else response.destroy();
  }
}

function drained(response: ServerResponse): Promise<void> {
  tellOfClosing(response);
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done);
      response.off('close', done);
      resolve();
    };
    response.on('drain', done);
    response.on('close', done);
  });
}
