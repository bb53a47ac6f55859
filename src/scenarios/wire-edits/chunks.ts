import { frameChunk, LAST_CHUNK } from '../wire.ts';
import { announceChunks, editHead } from './head.ts';
import { type Part, type Parts, unframed } from './parts.ts';

/** The same answer in chunks, each piece of the body being one. */
export function inChunks(whole: Parts): Parts {
  if (whole.frame !== unframed) return whole;
  return { ...whole, parts: withLast(editHead(whole.parts, announceChunks)), frame: frameChunk };
}

/** What was final is not: the last chunk is. */
async function* withLast(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  for await (const part of parts) {
    if (part.kind !== 'body' || !part.isFinal) yield part;
    else {
      yield { ...part, isFinal: false };
      yield { kind: 'last', bytes: LAST_CHUNK, isFinal: true };
    }
  }
}
