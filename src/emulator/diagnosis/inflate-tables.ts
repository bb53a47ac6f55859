import { type BitReader, InflateError, takeBits } from './bit-reader.ts';

/** A canonical Huffman code: how many codes have each length, and their symbols in order. */
export interface Codes {
  readonly counts: readonly number[];
  readonly symbols: readonly number[];
}

/** The two codes of a compressed block. */
export interface Tables {
  readonly lengths: Codes;
  readonly distances: Codes;
}

const BITS_MAX = 15;

/** The tables of a block: the fixed ones for type 1, or those that the block brings. */
export function readTables(reader: BitReader, type: number): Tables {
  return type === 1 ? FIXED : readDynamicTables(reader);
}

function createCodes(bitLengths: readonly number[]): Codes {
  const counts = new Array<number>(BITS_MAX + 1).fill(0);
  for (const bitLength of bitLengths) counts[bitLength] = (counts[bitLength] ?? 0) + 1;
  const symbols: number[] = [];
  for (let bits = 1; bits <= BITS_MAX; bits += 1) {
    bitLengths.forEach((bitLength, symbol) => {
      if (bitLength === bits) symbols.push(symbol);
    });
  }
  return { counts, symbols };
}

const FIXED: Tables = {
  lengths: createCodes(
    Array.from({ length: 288 }, (_, symbol) => {
      if (symbol < 144) return 8;
      if (symbol < 256) return 9;
      return symbol < 280 ? 7 : 8;
    }),
  ),
  distances: createCodes(new Array<number>(32).fill(5)),
};

/** How much of the code space is unused: below zero the lengths contradict each other. */
function spaceLeft(codes: Codes): number {
  let left = 1;
  for (let bits = 1; bits <= BITS_MAX; bits += 1) left = left * 2 - (codes.counts[bits] ?? 0);
  return left;
}

/** zlib takes an incomplete code only when it has a single one-bit symbol, or none at all. */
function isUsable(codes: Codes): boolean {
  const left = spaceLeft(codes);
  if (left === 0) return true;
  const isLonely = codes.counts.every((count, bits) => bits <= 1 || count === 0);
  return left > 0 && isLonely;
}

const CODE_LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

function readDynamicTables(reader: BitReader): Tables {
  const lengthCount = takeBits(reader, 5) + 257;
  const distanceCount = takeBits(reader, 5) + 1;
  const codeCount = takeBits(reader, 4) + 4;
  if (lengthCount > 286 || distanceCount > 30) {
    throw new InflateError('too many length or distance symbols');
  }
  const codeLengths = new Array<number>(19).fill(0);
  for (const symbol of CODE_LENGTH_ORDER.slice(0, codeCount)) {
    codeLengths[symbol] = takeBits(reader, 3);
  }
  const codes = createCodes(codeLengths);
  const isEmpty = codes.symbols.length === 0;
  if (!isEmpty && spaceLeft(codes) !== 0) throw new InflateError('invalid code lengths set');
  const all = readBitLengths(reader, codes, lengthCount + distanceCount);
  if (all[256] === 0) throw new InflateError('invalid code -- missing end-of-block');
  const lengths = createCodes(all.slice(0, lengthCount));
  if (!isUsable(lengths)) throw new InflateError('invalid literal/lengths set');
  const distances = createCodes(all.slice(lengthCount));
  if (!isUsable(distances)) throw new InflateError('invalid distances set');
  return { lengths, distances };
}

function readBitLengths(reader: BitReader, codes: Codes, total: number): number[] {
  const lengths: number[] = [];
  while (lengths.length < total) {
    const symbol = readCodes(reader, codes);
    if (symbol < 0) {
      // A set without any code: zlib reads each symbol as the length 0, one bit at a time.
      lengths.push(0);
      continue;
    }
    if (symbol < 16) {
      lengths.push(symbol);
      continue;
    }
    const last = lengths.at(-1);
    if (symbol === 16 && last === undefined) throw new InflateError('invalid bit length repeat');
    const [bits, base] = symbol === 16 ? [2, 3] : symbol === 17 ? [3, 3] : [7, 11];
    const repeat = base + takeBits(reader, bits);
    if (lengths.length + repeat > total) throw new InflateError('invalid bit length repeat');
    const value = symbol === 16 ? (last ?? 0) : 0;
    for (let count = 0; count < repeat; count += 1) lengths.push(value);
  }
  return lengths;
}

/** Reads one symbol; -1 for bits that are no code of this set. */
export function readCodes(reader: BitReader, codes: Codes): number {
  let code = 0;
  let first = 0;
  let index = 0;
  for (let bits = 1; bits <= BITS_MAX; bits += 1) {
    code |= takeBits(reader, 1);
    const count = codes.counts[bits] ?? 0;
    if (code - first < count) return codes.symbols[index + code - first] ?? -1;
    index += count;
    first = (first + count) << 1;
    code <<= 1;
    if (codes.symbols.length <= 1 && index === codes.symbols.length) return -1;
  }
  return -1;
}
