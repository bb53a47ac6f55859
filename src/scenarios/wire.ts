import type { HeaderList, Reply } from './outcome.ts';
import { isStreamed } from './outcome.ts';
import { REASON_PHRASES } from './reason-phrases.ts';

/** A reply as the bytes of HTTP/1.1, as the Node door would write them. */
export interface RenderedReply {
  readonly head: Uint8Array;
  /** Framed already where it is streamed; empty for HEAD, 204 and 304. */
  readonly body: Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/** What a reply is rendered with. */
export interface RenderOptions {
  readonly method: string;
  /** For the `Date` header, in milliseconds since the Unix epoch. */
  readonly nowMs: number;
  /** In place of the true `content-length`. */
  readonly contentLength?: number;
  /**
   * What the head says of the connection, `keep-alive` unless told. After `close` some clients take
   * an answer that breaks off for a whole one (Node's fetch up to Node 22 does with chunks), so only
   * what is whole should announce its end.
   */
  readonly connection?: 'keep-alive' | 'close';
}

const encoder = new TextEncoder();

/** The bytes of a text, its characters up to U+00FF as one byte each: what a head is made of. */
export function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) bytes[index] = text.charCodeAt(index) & 0xff;
  return bytes;
}

/** The body's bytes; empty for a streamed one. */
export function bodyBytes({ body }: Reply): Uint8Array {
  if (isStreamed(body)) return new Uint8Array();
  return typeof body === 'string' ? encoder.encode(body) : body;
}

/** Statuses that HTTP gives no body. */
function isBodiless(status: number): boolean {
  return status === 204 || status === 304;
}

/** Lays a reply out as it goes over the wire. */
export function renderReply(reply: Reply, options: RenderOptions): RenderedReply {
  const { status, headers, body } = reply;
  const isEmpty = options.method === 'HEAD' || isBodiless(status);
  if (isStreamed(body)) {
    const framing: HeaderList = isEmpty ? [] : [['Transfer-Encoding', 'chunked']];
    const head = headBytes(status, [...headers, ...commonHeaders(options), ...framing]);
    return { head, body: isEmpty ? [] : chunked(body) };
  }
  const bytes = bodyBytes(reply);
  const length = String(options.contentLength ?? bytes.length);
  const framing: HeaderList = isBodiless(status) ? [] : [['content-length', length]];
  const head = headBytes(status, [...framing, ...headers, ...commonHeaders(options)]);
  return { head, body: isEmpty || bytes.length === 0 ? [] : [bytes] };
}

function commonHeaders({ nowMs, connection = 'keep-alive' }: RenderOptions): HeaderList {
  return [
    ['Date', new Date(nowMs).toUTCString()],
    ['Connection', connection],
  ];
}

function headBytes(status: number, headers: HeaderList): Uint8Array {
  const lines = [
    `HTTP/1.1 ${status} ${REASON_PHRASES[status] ?? 'unknown'}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  return latin1(`${lines.join('\r\n')}\r\n\r\n`);
}

/** Each piece as a chunk of its own, and the last one that ends the body. */
async function* chunked(body: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  for await (const text of body) {
    if (text !== '') yield frameChunk(encoder.encode(text));
  }
  yield LAST_CHUNK;
}

/** What ends a chunked body. */
export const LAST_CHUNK: Uint8Array = latin1('0\r\n\r\n');

/** A piece of a chunked body with its size before it. */
export function frameChunk(bytes: Uint8Array): Uint8Array {
  const size = latin1(`${bytes.length.toString(16)}\r\n`);
  const framed = new Uint8Array(size.length + bytes.length + 2);
  framed.set(size);
  framed.set(bytes, size.length);
  framed.set([13, 10], size.length + bytes.length);
  return framed;
}
