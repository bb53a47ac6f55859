import { type BitReader, END_OF_INPUT, InflateError, takeBits } from './bit-reader.ts';
import { readCodes, readTables, type Tables } from './inflate-tables.ts';

/** What came out of a deflate stream. */
export interface Inflated {
  readonly output: Uint8Array;
  /** Where the stream ended in the input. */
  readonly end: number;
  /** False when the input ended first, which zlib does not call an error. */
  readonly complete: boolean;
}

/** More is not unpacked: a small answer must not fill the memory. */
export const OUTPUT_MAX_BYTES = 64 * 1024 * 1024;

/** Thrown for a stream that unpacks to more than `OUTPUT_MAX_BYTES`. */
export class OutputLimitError extends Error {
  override readonly name = 'OutputLimitError';
}

interface Sink {
  bytes: Uint8Array;
  length: number;
  readonly maxBytes: number;
}

/**
 * Unpacks a raw deflate stream (RFC 1951) as zlib does. The emulator's core runs where no
 * synchronous zlib is at hand, and a diagnosis does not wait.
 * @throws InflateError, OutputLimitError
 */
export function inflateRaw(
  bytes: Uint8Array,
  start: number,
  maxBytes = OUTPUT_MAX_BYTES,
): Inflated {
  const reader: BitReader = { bytes, offset: start, bits: 0, bitCount: 0 };
  const sizeBytes = Math.min(maxBytes, Math.max(256, bytes.length * 4));
  const sink: Sink = { bytes: new Uint8Array(sizeBytes), length: 0, maxBytes };
  let complete = false;
  try {
    for (let last = 0; last === 0; ) {
      last = takeBits(reader, 1);
      inflateBlock(reader, sink);
    }
    complete = true;
  } catch (error) {
    if (error !== END_OF_INPUT) throw error;
  }
  return { output: sink.bytes.subarray(0, sink.length), end: reader.offset, complete };
}

function inflateBlock(reader: BitReader, sink: Sink): void {
  const type = takeBits(reader, 2);
  if (type === 3) throw new InflateError('invalid block type');
  if (type === 0) copyStored(reader, sink);
  else inflateCodes(reader, sink, readTables(reader, type));
}

function copyStored(reader: BitReader, sink: Sink): void {
  reader.bits = 0;
  reader.bitCount = 0;
  const length = takeBits(reader, 16);
  if (takeBits(reader, 16) !== (length ^ 0xffff)) {
    throw new InflateError('invalid stored block lengths');
  }
  for (let count = 0; count < length; count += 1) put(sink, takeBits(reader, 8));
}

const LENGTH_BASES = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const DISTANCE_BASES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577,
];

const WINDOW_BYTES = 32 * 1024;

function inflateCodes(reader: BitReader, sink: Sink, tables: Tables): void {
  for (;;) {
    const symbol = readCodes(reader, tables.lengths);
    if (symbol === 256) return;
    if (symbol >= 0 && symbol < 256) {
      put(sink, symbol);
      continue;
    }
    const lengthBase = LENGTH_BASES[symbol - 257];
    if (lengthBase === undefined) throw new InflateError('invalid literal/length code');
    const length = lengthBase + takeBits(reader, lengthExtraBits(symbol - 257));
    const code = readCodes(reader, tables.distances);
    const distanceBase = DISTANCE_BASES[code];
    if (distanceBase === undefined) throw new InflateError('invalid distance code');
    const distance = distanceBase + takeBits(reader, Math.max(0, (code >> 1) - 1));
    if (distance > Math.min(sink.length, WINDOW_BYTES)) {
      throw new InflateError('invalid distance too far back');
    }
    for (let count = 0; count < length; count += 1) {
      put(sink, sink.bytes[sink.length - distance] ?? 0);
    }
  }
}

function lengthExtraBits(code: number): number {
  return code === 28 ? 0 : Math.max(0, (code >> 2) - 1);
}

function put(sink: Sink, byte: number): void {
  if (sink.length === sink.bytes.length) {
    if (sink.length >= sink.maxBytes) throw new OutputLimitError('more than 64 MiB');
    const grown = new Uint8Array(Math.min(sink.maxBytes, sink.bytes.length * 2));
    grown.set(sink.bytes);
    sink.bytes = grown;
  }
  sink.bytes[sink.length] = byte;
  sink.length += 1;
}
