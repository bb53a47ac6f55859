import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeContent, OutputLimitError } from '../src/emulator/diagnosis/content-encoding.ts';
import { createEmulator } from '../src/emulator/index.ts';
import { answer, emulatorTransport } from './verify/emulator-transport.ts';
import { scripted } from './verify/scripted-transport.ts';
import { resultOf, verifyWith } from './verify/verify-with.ts';

const MIB = 1024 * 1024;
const good = emulatorTransport(createEmulator({ answer: 'echo' }));
const bomb = gzipSync(Buffer.alloc(64 * MIB, 32), { level: 9 });

/** How many bytes came out before the limit ended it. */
function producedOf(encoding: string, body: Uint8Array, outputMaxBytes: number): number {
  try {
    decodeContent([['content-encoding', encoding]], body, { outputMaxBytes });
  } catch (error) {
    if (error instanceof OutputLimitError) return error.producedBytes;
    throw error;
  }
  throw new Error('the limit was not passed');
}

describe('what unpacks to more than the limit', () => {
  test.each([
    ['gzip', bomb],
    ['deflate', deflateSync(Buffer.alloc(64 * MIB, 32), { level: 9 })],
    ['deflate', deflateRawSync(Buffer.alloc(64 * MIB, 32), { level: 9 })],
    ['gzip, gzip', gzipSync(bomb)],
    ['deflate, gzip', gzipSync(deflateSync(Buffer.alloc(64 * MIB, 32), { level: 9 }))],
  ])('is ended soon behind it: %s', (encoding, body) => {
    expect(producedOf(encoding, body, MIB)).toBeLessThan(6 * MIB);
  });

  test('is ended where the first of two encodings has too much', () => {
    const inner = gzipSync(Buffer.alloc(64 * MIB, 32), { level: 0 });
    expect(producedOf('gzip, gzip', gzipSync(inner), MIB)).toBeLessThan(6 * MIB);
  });

  test('has its own limit when an endpoint is verified', async () => {
    const packed = answer(200, gzipSync(Buffer.alloc(9 * MIB, 32)), [
      ['content-type', 'application/json'],
      ['content-encoding', 'gzip'],
    ]);
    const { transport } = scripted(() => packed);
    const result = resultOf(await verifyWith(transport), 'content-encoding');
    expect(result).toMatchObject({
      problem: 'unpacks-too-large',
      reason: expect.stringContaining('more than 8 MiB'),
    });
  });
});

test('what is unpacked slice by slice is what was packed', () => {
  const packers = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ] as const;
  fc.assert(
    fc.property(
      fc.constantFrom(...packers),
      fc.constantFrom(0, 1, 6, 9),
      fc.uint8Array({ minLength: 1, maxLength: 400 }),
      fc.integer({ min: 1, max: 400 }),
      fc.integer({ min: 0, max: 255 }),
      ([encoding, pack], level, seed, times, step) => {
        const bytes = Buffer.concat(
          Array.from({ length: times }, (_, index) => seed.map((byte) => byte + index * step)),
        );
        const packed = pack(bytes, { level });
        const unpacked = decodeContent([['content-encoding', encoding]], packed);
        expect(Buffer.from(unpacked).equals(bytes)).toBe(true);
      },
    ),
    { numRuns: 150 },
  );
});

test('many small members in one body are unpacked', () => {
  const one = gzipSync('a');
  const many = Buffer.concat(Array.from({ length: 50_000 }, () => one));
  const unpacked = decodeContent([['content-encoding', 'gzip']], many);
  expect(unpacked.length).toBe(50_000);
});

test('what keeps an unpacker busy for longer than a check may take has failed', async () => {
  // A block that holds nothing, again and again.
  const idle = Buffer.concat(
    Array.from({ length: 20_000 }, () => Buffer.from([0, 0, 0, 255, 255])),
  );
  let nowMs = 0;
  let isStuck = false;
  const clock = {
    now: () => {
      if (isStuck) nowMs += 1000;
      return nowMs;
    },
    sleep: async () => {},
  };
  const { transport } = scripted(({ request, limits, index }) => {
    isStuck = index === 0;
    if (index > 0) return good(request, limits);
    return answer(200, idle, [
      ['content-type', 'application/json'],
      ['content-encoding', 'deflate'],
    ]);
  });
  const report = await verifyWith(transport, { clock, timeoutMs: 10_000 });
  expect(resultOf(report, 'content-encoding')).toMatchObject({
    status: 'failed',
    problem: 'unpacks-too-slowly',
    reason: expect.stringContaining('within 10 s'),
  });
});
