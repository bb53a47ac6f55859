/** zlib's complaint about a stream, in zlib's words. */
export class InflateError extends Error {
  override readonly name = 'InflateError';
}

/** Where a stream of bits is being read, and what came out of it. */
export interface BitReader {
  readonly bytes: Uint8Array;
  /** The next byte that was not taken yet. */
  offset: number;
  bits: number;
  bitCount: number;
}

/** Thrown inside this folder when the input ends before the stream does. */
export const END_OF_INPUT = Symbol('end of input');

/** Takes the next bits, the lowest first. Throws `END_OF_INPUT` when there are too few. */
export function takeBits(reader: BitReader, count: number): number {
  while (reader.bitCount < count) {
    const byte = reader.bytes[reader.offset];
    if (byte === undefined) throw END_OF_INPUT;
    reader.offset += 1;
    reader.bits |= byte << reader.bitCount;
    reader.bitCount += 8;
  }
  const value = reader.bits & ((1 << count) - 1);
  reader.bits >>>= count;
  reader.bitCount -= count;
  return value;
}
