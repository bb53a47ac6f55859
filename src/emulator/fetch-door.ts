import { isStreamed, type Outcome, type Reply } from '../scenarios/outcome.ts';
import { joinBytes } from './bytes.ts';
import type { Call } from './call.ts';
import { BODY_TOO_LARGE } from './edge/limits.ts';

/** A call, and the reply that refuses it when its body is over the limit. */
export interface FetchedCall extends Call {
  readonly refusal: Reply | null;
}

/** Makes a call from a `Request`. */
export async function callFromRequest(
  request: Request,
  bodyMaxBytes: number,
): Promise<FetchedCall> {
  const body = await readBody(request, bodyMaxBytes);
  const url = new URL(request.url);
  const { headers } = request;
  return {
    method: request.method,
    target: url.pathname + url.search,
    // A Request made in process has no Host header; a client would have sent the URL's.
    header: (name) => headers.get(name) ?? (name === 'host' ? url.host : null),
    rawHeaders: [...headers].flat(),
    body: body ?? new Uint8Array(),
    signal: () => request.signal,
    refusal: body === null ? BODY_TOO_LARGE : null,
  };
}

async function readBody(request: Request, bodyMaxBytes: number): Promise<Uint8Array | null> {
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    bytes += chunk.length;
    // Leaving the loop cancels the stream: the rest is never read.
    if (bytes > bodyMaxBytes) return null;
    chunks.push(chunk);
  }
  return joinBytes(chunks);
}

/** Statuses that a Response must not have a body for. */
const BODILESS = new Set([101, 204, 205, 304]);

/**
 * Performs an outcome in process: a `Response`, or the rejection that `fetch` would give.
 * @throws DOMException AbortError when the client left
 */
export function toResponse(outcome: Exclude<Outcome, { kind: 'wire' }>, method: string): Response {
  if (outcome.kind === 'abandoned') {
    throw new DOMException('The request was aborted by the client.', 'AbortError');
  }
  const { status, headers, body } = outcome.reply;
  const init = { status, headers: new Headers() };
  for (const [name, value] of headers) init.headers.append(name, value);
  if (isStreamed(body)) return new Response(streamOf(body), init);
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (!BODILESS.has(status)) init.headers.set('content-length', String(bytes.length));
  const isEmpty = method === 'HEAD' || BODILESS.has(status);
  return new Response(isEmpty ? null : new Uint8Array(bytes), init);
}

/** Pulls from the source only as fast as the reader reads, and stops it when the reader leaves. */
function streamOf(source: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
