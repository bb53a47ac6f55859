import { isStreamed, type Reply } from '../outcome.ts';
import { joinPieces, type Part } from './parts.ts';

/** The most of a stream that is held where the whole must be known first. */
const COLLECTED_MAX_BYTES = 1024 * 1024;

/** An answer that has come already. */
export interface Collected {
  readonly parts: readonly Part[];
  readonly body: Uint8Array;
}

/** Waits for the whole answer; a stream is cut off when it is larger than what is held. */
export async function collect(parts: AsyncIterable<Part>): Promise<Collected> {
  const collected: Part[] = [];
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const part of parts) {
    collected.push(part);
    if (part.kind !== 'body') continue;
    pieces.push(part.bytes);
    size += part.bytes.length;
    if (size >= COLLECTED_MAX_BYTES) break;
  }
  return { parts: collected, body: joinPieces(pieces) };
}

/** Gives collected parts out again. */
export async function* replay({ parts }: Collected): AsyncGenerator<Part> {
  yield* parts;
}

/** A reply of known size: what is streamed is waited for, up to a limit. */
export async function unstreamed(reply: Reply): Promise<Reply> {
  if (!isStreamed(reply.body)) return reply;
  const encoder = new TextEncoder();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const text of reply.body) {
    const bytes = encoder.encode(text);
    pieces.push(bytes);
    size += bytes.length;
    if (size >= COLLECTED_MAX_BYTES) break;
  }
  return { ...reply, body: joinPieces(pieces) };
}
