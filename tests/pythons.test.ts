import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PYTHON_NAMES, PYTHONS, type PythonName } from '../src/emulator/function/pythons.ts';
import { composeStack, STACK_NAMES, STACKS } from '../src/emulator/function/stacks.ts';
import { createEmulator, type EmulatorInput } from '../src/emulator/index.ts';
import { parsePythonFloat, parsePythonInt } from '../src/emulator/python/parse-number.ts';

const nameSchema = z.enum(PYTHON_NAMES);
const capturedFrom = z.string().regex(/^CPython 3\.\d+\.\d+/);

function readJson<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> {
  const text = readFileSync(new URL(`pythons/${name}.json`, import.meta.url), 'utf8');
  return schema.parse(JSON.parse(text));
}

/** `3.11` of `CPython 3.11.7, fastapi …`. */
function pythonOf(captured: string): PythonName {
  return nameSchema.parse(/^CPython (3\.\d+)/.exec(captured)?.[1]);
}

function ask(options: EmulatorInput, body: string): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  const request = new Request('http://localhost/', { method: 'POST', headers, body });
  return createEmulator(options).fetch(request);
}

// What tests/pythons/limits.py measured: how many containers a body may have open.
const LIMITS = readJson(
  'limits',
  z.array(
    z.strictObject({
      captured_from: capturedFrom,
      read: z.int(),
      echo: z.int(),
      echo_scalar: z.int(),
    }),
  ),
);

/** What reads less deeply than the releases after it, which are the ones imitated. */
const OLDER = 'CPython 3.12.1,';

describe.each(LIMITS)('as $captured_from', ({ captured_from, read, echo, echo_scalar }) => {
  const minor = /fastapi (0\.\d+)/.exec(captured_from)?.[1];
  const stack = z.enum(STACK_NAMES).parse(`fastapi-${minor}`);
  const python = pythonOf(captured_from);
  const statusOf = async (body: string) => (await ask({ stack, python }, body)).status;
  const lists = (depth: number, innermost = '') =>
    `${'['.repeat(depth)}${innermost}${']'.repeat(depth)}`;

  test('a body is read to the same depth', async () => {
    // The body's own object is one of the containers.
    const statusAt = (depth: number) => statusOf(`{"prompt":"hi","x":${lists(depth - 1)}}`);
    expect(await statusAt(read)).toBe(200);
    if (captured_from.startsWith(OLDER)) {
      expect(read).toBeLessThan(composeStack(stack, python).traits.jsonDepthMax);
    } else expect(await statusAt(read + 1)).toBe(400);
  });

  test.each([
    ['', echo],
    ['1', echo_scalar],
  ])('a rejected value is written back to the same depth, with "%s" inside', async (inner, max) => {
    const statusAt = (depth: number) => statusOf(`{"prompt":${lists(depth, inner)}}`);
    expect(await statusAt(max)).toBe(422);
    // Pydantic 1 writes nothing back: there the limit of reading comes first.
    const isRead = max + 2 <= read;
    if (isRead) expect(await statusAt(max + 1)).toBe(500);
    else if (!captured_from.startsWith(OLDER)) expect(await statusAt(max + 1)).toBe(400);
  });
});

test('the limits were measured for every stack, on every interpreter that was there', () => {
  const measured = new Set(LIMITS.map(({ captured_from }) => pythonOf(captured_from)));
  expect([...measured].sort()).toEqual(['3.10', '3.11', '3.12', '3.13']);
  expect(LIMITS).toHaveLength(4 * STACK_NAMES.length);
});

// What tests/pythons/digits.py found.
const DIGITS = readJson(
  'digits',
  z.array(
    z.strictObject({
      captured_from: capturedFrom,
      unicode: z.string(),
      zeros: z.array(z.string().transform((hex) => Number.parseInt(hex, 16))),
    }),
  ),
);

describe('decimal digits', () => {
  test('were captured from every interpreter', () => {
    const interpreters = Object.values(PYTHONS).map((one) => `CPython ${one.measuredWith}`);
    expect(DIGITS.map((one) => one.captured_from)).toEqual(interpreters);
  });

  test.each(DIGITS)('of $captured_from are known, and no others', ({ captured_from, zeros }) => {
    const options = PYTHONS[pythonOf(captured_from)].traits;
    const known = new Map(
      zeros.flatMap((zero) => Array.from({ length: 10 }, (_, value) => [zero + value, value])),
    );
    const wrong: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      const text = String.fromCodePoint(codePoint);
      const isDigit = known.has(codePoint) || /\p{Nd}/u.test(text);
      if (!isDigit) continue;
      const value = known.get(codePoint) ?? null;
      const int = parsePythonInt(text, options);
      const isRight = value === null ? int === null : int === BigInt(value);
      if (!isRight || parsePythonFloat(text, options) !== value) wrong.push(codePoint.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  test('decide with Pydantic 1 whether a text is a number', async () => {
    const options = { stack: 'fastapi-0.92', function: { body: { fields: { prompt: 'int' } } } };
    const statusOn = async (python: PythonName) =>
      (await ask({ ...options, python } as EmulatorInput, '{"prompt":"\u{11f51}"}')).status;
    expect(await statusOn('3.11')).toBe(422);
    expect(await statusOn('3.12')).toBe(200);
  });
});

describe('the option', () => {
  test.each(STACK_NAMES)("is %s's own interpreter when nothing is said", (stack) => {
    const { python } = createEmulator({ stack }).config;
    expect(STACKS[stack].versions.python.startsWith(`${python}.`)).toBe(true);
    expect(composeStack(stack)).toEqual(composeStack(stack, python));
  });

  test('changes what the interpreter says, and nothing of the generation', async () => {
    const said = async (python: PythonName) => {
      const response = await ask({ stack: 'fastapi-0.143', python }, '{"prompt":"hi",}');
      return [response.headers.get('vary'), (await response.json()).detail[0].ctx.error];
    };
    const old = 'Expecting property name enclosed in double quotes';
    expect(await said('3.12')).toEqual(['Origin', old]);
    expect(await said('3.13')).toEqual(['Origin', 'Illegal trailing comma before end of object']);
  });

  test('is shown by the control plane', async () => {
    const emulator = createEmulator({ stack: 'fastapi-0.143', python: '3.11' });
    const response = await emulator.fetch(new Request('http://localhost/__admin/config'));
    expect(await response.json()).toMatchObject({ stack: 'fastapi-0.143', python: '3.11' });
  });

  test('is taken as a number, as YAML reads it without quotes', () => {
    const unquoted = { python: 3.11 } as unknown as EmulatorInput;
    expect(createEmulator(unquoted).config.python).toBe('3.11');
  });

  test.each([
    [3.1, '"python" must be quoted: YAML reads 3.10 as the number 3.1. Write "3.10".'],
    [3.9, '"python" must be "3.10", "3.11", "3.12", "3.13" or "3.14".'],
    ['3.9', 'must be "3.10", "3.11", "3.12", "3.13" or "3.14".'],
    ['3.11.7', 'Did you mean "3.11"?'],
    [null, '"python" must be "3.10"'],
  ])('refuses %j and says what to write', (python, message) => {
    const create = () => createEmulator({ python } as unknown as EmulatorInput);
    expect(create).toThrow(message);
  });
});
