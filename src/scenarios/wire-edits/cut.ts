import type { Part } from './parts.ts';
import type { Place } from './places.ts';

/** Where the first cut is. */
export type Cut = { readonly kind: 'cut' };

const CUT: Cut = { kind: 'cut' };

/**
 * Marks the first place in the body, or else the last moment before the answer is whole: there is
 * always something missing at the mark, however short the answer is.
 */
export async function* markFirst(
  parts: AsyncIterable<Part>,
  isPlace: Place,
): AsyncGenerator<Part | Cut> {
  let isMarked = false;
  for await (const part of parts) {
    if (isMarked || part.kind === 'wait') {
      yield part;
      continue;
    }
    const { kind, bytes, isFinal } = part;
    const found = kind === 'body' ? bytes.findIndex(isPlace) : -1;
    const latest = kind === 'last' ? 0 : bytes.length - 1;
    if (!isFinal && found < 0) {
      yield part;
      continue;
    }
    const at = isFinal && (found < 0 || found > latest) ? latest : found;
    isMarked = true;
    if (at > 0) yield { kind, bytes: bytes.subarray(0, at), isFinal: false };
    yield CUT;
    yield { kind, bytes: bytes.subarray(at), isFinal };
  }
}

/** What comes before the first place; the source is left alone behind it. */
export async function* untilFirst(
  parts: AsyncIterable<Part>,
  isPlace: Place,
): AsyncGenerator<Part> {
  for await (const part of markFirst(parts, isPlace)) {
    if (part.kind === 'cut') return;
    yield part;
  }
}

/** Cuts the pieces of the body at every place, and puts something in between. */
export async function* cutEverywhere(
  parts: AsyncIterable<Part>,
  isPlace: Place,
  between: () => Part,
): AsyncGenerator<Part> {
  for await (const part of parts) {
    if (part.kind !== 'body') {
      yield part;
      continue;
    }
    const { bytes } = part;
    let from = 0;
    for (const [index, byte] of bytes.entries()) {
      // Before the first byte of a piece there is a cut already.
      if (!isPlace(byte) || index === 0) continue;
      yield { ...part, bytes: bytes.subarray(from, index), isFinal: false };
      yield between();
      from = index;
    }
    yield { ...part, bytes: bytes.subarray(from) };
  }
}
