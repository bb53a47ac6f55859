import type { ServerResponse } from 'node:http';
import { isStreamed, type Outcome, type Reply } from '../../scenarios/outcome.ts';
import type { Wires } from './perform-wire.ts';
import { tellOfClosing } from './queued-answers.ts';

/** Performs an outcome on a socket. */
export function perform(outcome: Outcome, response: ServerResponse, wires: Wires): void {
  if (outcome.kind === 'wire') wires.perform(outcome.wire, response);
  else if (outcome.kind === 'abandoned') response.destroy();
  else writeReply(outcome.reply, response, response.req.method);
}

/** Statuses that HTTP gives no body. */
function isBodiless(status: number): boolean {
  return status === 204 || status === 304;
}

function writeReply(reply: Reply, response: ServerResponse, method = 'GET'): void {
  const { status, headers, body } = reply;
  const isEmpty = method === 'HEAD' || isBodiless(status);
  if (isStreamed(body)) {
    response.writeHead(status, headers.flat());
    if (isEmpty) response.end();
    else void writeStream(body, response);
    return;
  }
  // The same answer is given again and again, by the function and by the framework around it.
  if (last === null || last.reply !== reply) last = { reply, ...prepare(reply, body) };
  response.writeHead(status, last.head);
  if (isEmpty) response.end();
  else response.end(last.body);
}

interface Prepared {
  readonly head: string[];
  readonly body: string | Uint8Array;
}

let last: (Prepared & { readonly reply: Reply }) | null = null;

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const NON_ASCII = /[^\x00-\x7f]/;

/** Lays a reply of known size out for Node. */
function prepare({ status, headers }: Reply, body: string | Uint8Array): Prepared {
  const head: string[] = [];
  if (!isBodiless(status)) head.push('content-length', String(Buffer.byteLength(body)));
  for (const [name, value] of headers) head.push(name, value);
  // Node writes a text and its headers in one encoding; bytes keep the headers in latin-1.
  const isAscii = !headers.some(([, value]) => NON_ASCII.test(value));
  return { head, body: isAscii ? body : Buffer.from(body) };
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
