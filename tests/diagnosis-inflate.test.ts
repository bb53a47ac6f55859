import { constants, deflateRawSync, deflateSync, gzipSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { InflateError } from '../src/emulator/diagnosis/bit-reader.ts';
import { decodeContent } from '../src/emulator/diagnosis/content-encoding.ts';
import { inflateRaw } from '../src/emulator/diagnosis/inflate.ts';
import { createRandom, type Random } from '../src/scenarios/random.ts';

const STRATEGIES = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_FIXED,
  constants.Z_RLE,
];

/** Data that compress a little, a lot or not at all. */
function randomData(random: Random): Buffer {
  const letters = random.integer(1, 256);
  const length = random.integer(0, random.chance(0.1) ? 70_000 : 300);
  return Buffer.from(Array.from({ length }, () => random.integer(0, letters - 1)));
}

function randomPacked(random: Random, data: Buffer): Buffer {
  const strategy = STRATEGIES[random.integer(0, STRATEGIES.length - 1)] ?? 0;
  return deflateRawSync(data, { level: random.integer(0, 9), strategy });
}

/** What zlib itself makes of a stream that may be broken or short. */
function zlibInflate(bytes: Buffer): Buffer | string {
  try {
    // This flush is how Python reads a stream that ends too early: without an error.
    return inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function ourInflate(bytes: Buffer): Buffer | string {
  try {
    return Buffer.from(inflateRaw(bytes, 0).output);
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    return error.message;
  }
}

describe('inflate', () => {
  it('unpacks what zlib packs', () => {
    for (let round = 0; round < 300; round += 1) {
      const seed = `inflate-${round}`;
      const random = createRandom(seed);
      const data = randomData(random);
      const unpacked = ourInflate(randomPacked(random, data));
      expect(data.equals(Buffer.from(unpacked)), `seed ${seed}`).toBe(true);
    }
  });

  it("finds zlib's error in a broken stream, in zlib's words", () => {
    const words = new Set<string>();
    for (let round = 0; round < 4000; round += 1) {
      const seed = `broken-${round}`;
      const random = createRandom(seed);
      const packed = Buffer.from(randomPacked(random, randomData(random).subarray(0, 400)));
      const flips = random.integer(1, 3);
      for (let flip = 0; flip < flips; flip += 1) {
        const at = random.integer(0, Math.min(packed.length, 60) - 1);
        packed[at] = (packed[at] ?? 0) ^ (1 << random.integer(0, 7));
      }
      const bytes = random.chance(0.2) ? packed.subarray(0, random.integer(0, 60)) : packed;
      const expected = zlibInflate(bytes);
      const actual = ourInflate(bytes);
      if (typeof expected === 'string') words.add(expected);
      const isEqual =
        typeof expected === 'string' || typeof actual === 'string'
          ? expected === actual
          : expected.equals(actual);
      expect(isEqual, `seed ${seed}: zlib ${expected}, ours ${actual}`).toBe(true);
    }
    // A test that meets few of zlib's errors would prove little.
    expect([...words].sort()).toEqual([
      'invalid bit length repeat',
      'invalid block type',
      'invalid code -- missing end-of-block',
      'invalid code lengths set',
      'invalid distance code',
      'invalid distance too far back',
      'invalid distances set',
      'invalid literal/length code',
      'invalid literal/lengths set',
      'invalid stored block lengths',
      'too many length or distance symbols',
    ]);
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ])('undoes the Content-Encoding %s', (encoding, pack) => {
    const data = Buffer.from('{"prompt": "Why? B"}'.repeat(100));
    const unpacked = decodeContent([['Content-Encoding', encoding]], pack(data));
    expect(Buffer.from(unpacked).toString()).toBe(data.toString());
  });
});
