import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { floatRepr } from '../src/emulator/python/float-repr.ts';
import { createRandom } from '../src/scenarios/random.ts';

const captureSchema = z.object({ cases: z.array(z.tuple([z.string(), z.string()])) });

function readCases() {
  const text = readFileSync(new URL('./python-json/float-repr.json', import.meta.url), 'utf8');
  return captureSchema.parse(JSON.parse(text)).cases;
}

function doubleOf(hex: string): number {
  return Buffer.from(hex, 'hex').readDoubleBE();
}

test('writes doubles as CPython did', () => {
  const cases = readCases();
  expect(cases.length).toBeGreaterThan(200);
  expect(cases.map(([bits]) => [bits, floatRepr(doubleOf(bits))])).toEqual(cases);
});

test.each([
  [1, '1.0'],
  [-0, '-0.0'],
  [9999999999999998, '9999999999999998.0'],
  [1e16, '1e+16'],
  [1e21, '1e+21'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [1.5e-10, '1.5e-10'],
  [5e-324, '5e-324'],
])('%d is %s', (value, written) => {
  expect(floatRepr(value)).toBe(written);
});

test('what is written reads back as the same number, and as a float', () => {
  const seed = 'float-repr';
  const random = createRandom(seed);
  for (let round = 0; round < 5000; round += 1) {
    const bytes = Buffer.alloc(8);
    for (let index = 0; index < 8; index += 1) bytes[index] = random.integer(0, 255);
    const value = bytes.readDoubleBE();
    if (!Number.isFinite(value)) continue;
    const written = floatRepr(value);
    expect(Number(written), `seed ${seed}, round ${round}`).toBe(value);
    expect(written, `seed ${seed}, round ${round}`).toMatch(/[.e]/);
  }
});
