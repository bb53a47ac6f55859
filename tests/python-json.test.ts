import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PYTHON_NAMES, PYTHONS } from '../src/emulator/function/pythons.ts';
import { decodeJsonBytes } from '../src/emulator/python/decode.ts';
import {
  JsonDecodeError,
  JsonDepthError,
  JsonIntError,
} from '../src/emulator/python/json-errors.ts';
import { type ReadOptions, readJson } from '../src/emulator/python/json-read.ts';
import { JsonWriteError, writeJson } from '../src/emulator/python/json-write.ts';

const outcomeSchema = z.union([
  z.tuple([z.literal('value'), z.string()]),
  z.tuple([z.literal('error'), z.string(), z.int(), z.int(), z.int()]),
  z.tuple([z.enum(['undecodable', 'unwritable'])]),
]);
type ReadOutcome = z.output<typeof outcomeSchema>;
const captureSchema = z.strictObject({
  captured_from: z.string(),
  cases: z.array(z.tuple([z.string(), outcomeSchema])),
});

/** What tests/python-json/capture.py printed under one version of CPython. */
function readCapture(version: string) {
  const text = readFileSync(new URL(`./python-json/cpython-${version}.json`, import.meta.url));
  return captureSchema.parse(JSON.parse(text.toString()));
}

/** Reads a document and writes it again, as the capture does. */
function outcomeOf(document: string, options: ReadOptions): ReadOutcome {
  const text = decodeJsonBytes(Buffer.from(document, 'latin1'));
  if (text === null) return ['undecodable'];
  try {
    return ['value', writeJson(readJson(text, options))];
  } catch (error) {
    if (error instanceof JsonWriteError) return ['unwritable'];
    if (!(error instanceof JsonDecodeError)) throw error;
    return ['error', error.msg, error.pos, error.lineno, error.colno];
  }
}

describe.each(PYTHON_NAMES)('as CPython %s', (version) => {
  const { captured_from, cases } = readCapture(version);
  const options = { ...PYTHONS[version].traits, depthMax: 900 };

  test(`${cases.length} odd documents`, () => {
    expect(captured_from).toContain(`CPython ${version}.`);
    expect(cases.length).toBeGreaterThan(400);
    const outcomes = cases.map(([document]) => [document, outcomeOf(document, options)]);
    expect(outcomes).toEqual(cases);
  });

  test('the documents have every kind of outcome', () => {
    const kinds = new Set(cases.map(([, [kind]]) => kind));
    expect([...kinds].sort()).toEqual(['error', 'undecodable', 'unwritable', 'value']);
    const messages = new Set(
      cases.flatMap(([, outcome]) => (outcome[0] === 'error' ? [outcome[1]] : [])),
    );
    expect(messages.size).toBeGreaterThanOrEqual(9);
  });
});

const options: ReadOptions = { trailingCommaMessage: true, depthMax: 3 };

describe('limits', () => {
  test('counts open containers, not values', () => {
    expect(readJson('[[[1,2],3],4]', options)).toEqual([[[1n, 2n], 3n], 4n]);
    expect(() => readJson('[[[[]]]]', options)).toThrow(JsonDepthError);
    expect(() => readJson('{"a":[{"b":{}}]}', options)).toThrow(JsonDepthError);
    // A container that has closed is no longer open.
    expect(readJson('[[[]],[[]]]', options)).toEqual([[[]], [[]]]);
  });

  test('the depth is seen before an error further on, not before one on the way', () => {
    expect(() => readJson('[[[[}', options)).toThrow(JsonDepthError);
    expect(() => readJson('[,[[[[', options)).toThrow(JsonDecodeError);
  });

  test('4300 digits of an int, sign aside; a float has no limit', () => {
    const nines = '9'.repeat(4300);
    expect(readJson(`-${nines}`, options)).toBe(-BigInt(nines));
    expect(() => readJson(`${nines}9`, options)).toThrow(JsonIntError);
    expect(() => readJson(`[1, ${nines}9 x`, options)).toThrow(JsonIntError);
    expect(readJson(`${nines}9.0`, options)).toBe(Number.POSITIVE_INFINITY);
    expect(readJson(`0.${nines}9`, options)).toBe(1);
  });
});

describe('values', () => {
  test('an int and a float of the same size are told apart', () => {
    expect(readJson('[1, 1.0, 1e0, -0, -0.0]', options)).toEqual([1n, 1, 1, 0n, -0]);
  });

  test('the last value of a repeated key counts, in the place of the first', () => {
    const read = readJson('{"b":1,"a":2,"b":3,"__proto__":4}', options);
    expect(writeJson(read)).toBe('{"b":3,"a":2,"__proto__":4}');
  });

  test('the message has the place in code points', () => {
    const message = 'Expecting value: line 2 column 3 (char 6)';
    expect(() => readJson('["🌍",\n"', options)).toThrow(/Unterminated string .* \(char 6\)/);
    expect(() => readJson('["🌍",\n  x]', options)).toThrow(message.replace('6', '8'));
  });
});

describe('writing', () => {
  test('a level for every container, scalar and key', () => {
    const two = { levelsMax: 2, countsScalars: true };
    expect(writeJson([[]], two)).toBe('[[]]');
    expect(() => writeJson([[1n]], two)).toThrow(JsonWriteError);
    expect(writeJson(new Map([['a', 1n]]), two)).toBe('{"a":1}');
  });

  test('a level for every container alone', () => {
    const two = { levelsMax: 2, countsScalars: false };
    expect(writeJson([[1n, 'a', null], new Map([['b', true]])], two)).toBe(
      '[[1,"a",null],{"b":true}]',
    );
    expect(() => writeJson([[[]]], two)).toThrow(JsonWriteError);
    expect(() => writeJson([[new Map()]], two)).toThrow(JsonWriteError);
  });

  test('nothing but UTF-8 leaves', () => {
    for (const value of [
      Number.NaN,
      Number.NEGATIVE_INFINITY,
      '\ud800',
      new Map([['\udc00', 1n]]),
    ]) {
      expect(() => writeJson(value)).toThrow(JsonWriteError);
    }
    expect(writeJson(new Uint8Array([0xc3, 0xa9]))).toBe('"é"');
    expect(() => writeJson(new Uint8Array([0xff]))).toThrow(JsonWriteError);
  });
});
