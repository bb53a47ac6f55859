import { latin1 } from '../wire.ts';
import { inChunks } from './chunks.ts';
import { markFirst } from './cut.ts';
import type { Part, Parts } from './parts.ts';
import { atOffsets, type Place } from './places.ts';

/** A chunk that is not one. */
export interface BadChunk {
  readonly afterBytes: number;
  readonly size: string;
}

/** The answer in chunks, good ones up to a place and a bad one there. */
export function withBadChunk(whole: Parts, { afterBytes, size }: BadChunk): Parts {
  const chunked = inChunks(whole);
  const parts = broken(chunked.parts, atOffsets([afterBytes]), latin1(`${size}\r\n`));
  return { ...chunked, parts, end: 'close' };
}

/** What comes behind the bad size has no framing any more. */
async function* broken(
  parts: AsyncIterable<Part>,
  isPlace: Place,
  size: Uint8Array,
): AsyncGenerator<Part> {
  let isBroken = false;
  for await (const part of markFirst(parts, isPlace)) {
    if (part.kind === 'cut') {
      isBroken = true;
      yield { kind: 'last', bytes: size, isFinal: false };
    } else if (isBroken && part.kind === 'body') yield { ...part, kind: 'last' };
    else yield part;
  }
}
