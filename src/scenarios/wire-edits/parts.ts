import type { WireEnd } from '../outcome.ts';

/** A stretch of an answer on its way to the client, before the body is framed. */
export type Part =
  | {
      /** `last` goes out as it is, behind the body: what ends it, or what should not be there. */
      readonly kind: 'head' | 'body' | 'last';
      readonly bytes: Uint8Array;
      /** True where the answer is known to be whole with it. */
      readonly isFinal: boolean;
    }
  | { readonly kind: 'wait'; readonly durationMs: number };

/** An answer taken apart, so that a fault can change what goes over the wire. */
export interface Parts {
  readonly parts: AsyncIterable<Part>;
  /** Puts the framing around a piece of the body. */
  readonly frame: (bytes: Uint8Array) => Uint8Array;
  readonly end: WireEnd;
}

/** The framing of a body whose size the head tells, or which ends with the connection. */
export const unframed = (bytes: Uint8Array): Uint8Array => bytes;

/** The framing of a body that came with one, whichever it is. */
export const framedBefore = (bytes: Uint8Array): Uint8Array => bytes;

/** Puts pieces together. */
export function joinPieces(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first;
  const whole = new Uint8Array(pieces.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
