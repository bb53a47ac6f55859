import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { EDGE_FAILURES, EDGE_PREFIX, findEdgeFailure } from '../src/contract/edge-failures.ts';
import {
  CONTRACT_EXAMPLES,
  EXTRA_KEYS,
  NON_ASCII_PROMPT,
  PROMPT_EXAMPLES,
} from '../src/contract/examples.ts';
import {
  FUNCTION_FAILURES,
  httpExceptionSchema,
  validationErrorSchema,
} from '../src/contract/failures.ts';
import {
  answerTextSchema,
  promptAnswerSchema,
  promptRequestSchema,
} from '../src/contract/prompt.ts';
import { PROVIDER_STATE_NAMES } from '../src/contract/provider-states.ts';
import { createEmulator } from '../src/emulator/emulator.ts';
import { STACK_NAMES } from '../src/emulator/function/stacks.ts';
import { STATE_CHANGES } from '../src/emulator/provider-states.ts';

describe('the examples', () => {
  test('have names and descriptions of their own', () => {
    const names = CONTRACT_EXAMPLES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    const descriptions = CONTRACT_EXAMPLES.map(({ description }) => description);
    expect(new Set(descriptions).size).toBe(names.length);
  });

  test.each(CONTRACT_EXAMPLES)('$name: the schema takes it when an answer is expected', (one) => {
    const isTaken = promptRequestSchema.safeParse(one.body).success;
    const isSentElsewhere = one.method !== 'POST' || one.path !== '/';
    expect(isTaken && !isSentElsewhere).toBe(one.expects === 'answer');
  });

  test('have a key of every JSON type', () => {
    const typeOf = (value: unknown) =>
      value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    const types = new Set(Object.values(EXTRA_KEYS).map(typeOf));
    expect([...types].sort()).toEqual(['array', 'boolean', 'null', 'number', 'object', 'string']);
    expect(PROMPT_EXAMPLES['extra-keys'].body).toMatchObject(EXTRA_KEYS);
  });

  test('have text that changes under every careless treatment', () => {
    const treatments = [
      (text: string) => text.normalize('NFC'),
      (text: string) => text.normalize('NFD'),
      (text: string) => text.toLowerCase(),
      (text: string) => text.replaceAll('\r\n', '\n'),
      (text: string) => text.replaceAll('"', '&quot;'),
      (text: string) => Buffer.from(text, 'latin1').toString('latin1'),
      (text: string) => text.replace(/[^\p{ASCII}]/gu, '?'),
    ];
    for (const treat of treatments) expect(treat(NON_ASCII_PROMPT)).not.toBe(NON_ASCII_PROMPT);
  });
});

/** What the emulator answers to an example. */
async function answerTo(
  stack: (typeof STACK_NAMES)[number],
  example: (typeof CONTRACT_EXAMPLES)[number],
) {
  const emulator = createEmulator({ stack, answer: 'echo' });
  const body = example.body === undefined ? {} : { body: JSON.stringify(example.body) };
  const headers = { 'content-type': 'application/json' };
  const request = new Request(`http://localhost${example.path}`, {
    method: example.method,
    headers,
    ...body,
  });
  const response = await emulator.fetch(request);
  return { response, text: await response.text() };
}

describe.each(STACK_NAMES)('%s answers as the contract says', (stack) => {
  test.each(CONTRACT_EXAMPLES)('$name', async (example) => {
    const { response, text } = await answerTo(stack, example);
    const failure = FUNCTION_FAILURES.find(({ name }) => name === example.expects);
    expect(response.status).toBe(failure?.status ?? 200);
    expect(response.headers.get('content-type')).toBe(failure?.contentType ?? 'application/json');
    const answer: unknown = JSON.parse(text);
    if (example.expects === 'answer') {
      const { prompt } = promptAnswerSchema.parse(answer);
      expect(prompt).toContain(promptRequestSchema.parse(example.body).prompt);
    } else if (example.expects === 'validation-error') validationErrorSchema.parse(answer);
    else expect(httpExceptionSchema.parse(answer)).toEqual(failure?.example);
  });
});

describe('the failures', () => {
  test('are what the schemas say', () => {
    const [refused, method, path, crash] = FUNCTION_FAILURES;
    validationErrorSchema.parse(refused.example);
    httpExceptionSchema.parse(method.example);
    httpExceptionSchema.parse(path.example);
    expect(crash.example).toBe('Internal Server Error');
  });

  test.each([{}, { detail: [] }, { detail: 'x' }, { detail: [{ loc: [], msg: '', type: '' }] }])(
    'a refusal that says nothing is none: %j',
    (value) => expect(validationErrorSchema.safeParse(value).success).toBe(false),
  );

  test.each(EDGE_FAILURES)('$name is known by its text', ({ name, status, text }) => {
    expect(findEdgeFailure(status, `${EDGE_PREFIX}${text} more\n`)?.name).toBe(name);
    expect(findEdgeFailure(status, text)).toBeNull();
  });

  test('a text of the edge that nobody has seen is still one of the edge', () => {
    expect(findEdgeFailure(418, 'modal-http: short and stout\n')).toMatchObject({
      name: 'edge-failure',
      text: 'short and stout',
    });
  });
});

describe('the published document says what the contract says', () => {
  /** A JSON Schema without words for people, in one order. */
  function bare(schema: unknown): unknown {
    if (Array.isArray(schema)) return schema.map(bare);
    if (typeof schema !== 'object' || schema === null) return schema;
    const skipped = new Set(['$schema', 'title', 'description', 'additionalProperties']);
    return Object.fromEntries(
      Object.entries(schema)
        .filter(([key]) => !skipped.has(key))
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, value]) => [key, bare(value)]),
    );
  }

  test.each(STACK_NAMES)('%s: the request', async (stack) => {
    const emulator = createEmulator({ stack });
    const response = await emulator.fetch(new Request('http://localhost/__admin/openapi.json'));
    const { components } = await response.json();
    const contract = z.toJSONSchema(promptRequestSchema, { io: 'input' });
    expect(bare(components.schemas.Request)).toEqual(bare(contract));
  });
});

describe('the text of an answer', () => {
  test.each([
    ['prompt', { prompt: 'a', more: 1 }, 'a'],
    ['response', { response: 'a' }, 'a'],
    [null, 'a', 'a'],
  ])('under %j of %j', (key, answer, text) => {
    expect(answerTextSchema(key).parse(answer)).toBe(text);
  });

  test.each([
    ['prompt', { Prompt: 'a' }],
    ['prompt', { prompt: null }],
    ['prompt', 'a'],
    ['prompt', ['a']],
    [null, { prompt: 'a' }],
  ])('is not there under %j of %j', (key, answer) => {
    expect(answerTextSchema(key).safeParse(answer).success).toBe(false);
  });
});

test('every provider state is a configuration of the emulator', () => {
  expect(Object.keys(STATE_CHANGES)).toEqual(PROVIDER_STATE_NAMES);
});
