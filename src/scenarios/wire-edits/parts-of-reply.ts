import { isStreamed, type Reply } from '../outcome.ts';
import { bodyBytes, frameChunk, LAST_CHUNK, type RenderOptions, renderReply } from '../wire.ts';
import { type Part, type Parts, unframed } from './parts.ts';

/** Takes a reply apart. Its body stays unread until somebody asks for the parts. */
export function partsOfReply(reply: Reply, options: RenderOptions): Parts {
  const isChunked = isStreamed(reply.body);
  const { head, body } = renderReply(reply, options);
  // What is streamed is not taken from the rendered body: it must be cut before it is framed.
  const isBare = Array.isArray(body) && body.length === 0;
  return {
    parts: isBare ? onlyHead(head) : headAndBody(head, reply),
    frame: isChunked ? frameChunk : unframed,
    end: 'close',
  };
}

async function* onlyHead(head: Uint8Array): AsyncGenerator<Part> {
  yield { kind: 'head', bytes: head, isFinal: true };
}

async function* headAndBody(head: Uint8Array, reply: Reply): AsyncGenerator<Part> {
  yield { kind: 'head', bytes: head, isFinal: false };
  if (!isStreamed(reply.body)) {
    yield { kind: 'body', bytes: bodyBytes(reply), isFinal: true };
    return;
  }
  const encoder = new TextEncoder();
  for await (const text of reply.body) {
    if (text !== '') yield { kind: 'body', bytes: encoder.encode(text), isFinal: false };
  }
  yield { kind: 'last', bytes: LAST_CHUNK, isFinal: true };
}
