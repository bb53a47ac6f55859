import { afterEach, describe, expect, expectTypeOf, test, vi } from 'vitest';
import {
  createPromptClient,
  type FetchLike,
  type PromptClientOptions,
  PromptError,
  type PromptFailure,
  type PromptResult,
  type ValidationIssue,
} from '../src/contract/client.ts';
import type { EdgeFailure } from '../src/contract/edge-failures.ts';
import { CONTRACT_EXAMPLES, EXTRA_KEYS, type PROMPT_EXAMPLES } from '../src/contract/examples.ts';
import { createEmulator, type Emulator, type EmulatorInput } from '../src/emulator/index.ts';
import { type RunningServer, serve } from '../src/emulator/node/index.ts';
import { failureOf } from './client-world.ts';

const running = new Set<RunningServer>();

afterEach(async () => {
  await Promise.all([...running].map((server) => server.close({ drainTimeoutMs: 0 })));
  running.clear();
});

type Options = Omit<PromptClientOptions, 'url'> & { readonly path?: string };

describe.each(['in process', 'over a socket'])('the client (%s)', (door) => {
  /** A client of an emulator of its own. */
  async function connect(input: EmulatorInput = {}, { path = '/', ...options }: Options = {}) {
    const emulator = createEmulator(input);
    if (door === 'in process') {
      const url = `http://localhost${path}`;
      return { emulator, client: createPromptClient({ fetch: emulator.fetch, ...options, url }) };
    }
    const server = await serve(emulator, { port: 0 });
    running.add(server);
    const url = `http://127.0.0.1:${server.port}${path}`;
    return { emulator, client: createPromptClient({ ...options, url }) };
  }

  const requestOf = (emulator: Emulator) => {
    expect(emulator.journal.total).toBe(1);
    const { method, target, headers, body } = emulator.journal.get(1)?.request ?? {};
    const names = headers?.map(([name, value]) => [name.toLowerCase(), value]) ?? [];
    return { method, target, body: body?.text, headers: Object.fromEntries(names) };
  };

  test('posts a prompt and reads the text', async () => {
    const { client, emulator } = await connect();
    const result = await client.ask('Why?');
    expect(result).toMatchObject({
      ok: true,
      text: 'hello world',
      answer: { prompt: 'hello world' },
      status: 200,
      repeatsPrompt: false,
    });
    expect(result.ok && result.headers.get('content-type')).toBe('application/json');
    expect(requestOf(emulator)).toMatchObject({
      method: 'POST',
      target: '/',
      body: '{"prompt":"Why?"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(await client.complete('Why?')).toBe('hello world');
  });

  test.each(CONTRACT_EXAMPLES.filter(({ expects }) => expects === 'answer'))(
    'sends $description as it is',
    async ({ body }) => {
      const { prompt, ...extra } = body as (typeof PROMPT_EXAMPLES)['prompt']['body'];
      const { client, emulator } = await connect({
        answer: 'echo',
        journalBodyMaxBytes: 100_000,
        function: { body: 'dict' },
      });
      const result = await client.ask(prompt, { extra });
      expect(result).toMatchObject({ ok: true, repeatsPrompt: true });
      expect(result.ok && result.text.startsWith(prompt)).toBe(true);
      expect(JSON.parse(requestOf(emulator).body ?? '')).toEqual(body);
    },
  );

  test('writes the prompt first, then the extra keys, without spaces', async () => {
    const { client, emulator } = await connect();
    await client.ask('é\ud800', {
      extra: { 2: 'two', '1': [null], left: undefined, __proto__: 1 },
    });
    await expect(client.ask('x', { extra: JSON.parse('{"__proto__":{"a":1}}') })).resolves.toEqual(
      expect.objectContaining({ ok: true }),
    );
    const bodies = emulator.journal.list().map(({ request }) => request.body.text);
    expect(bodies).toEqual([
      '{"prompt":"é\\ud800","1":[null],"2":"two"}',
      '{"prompt":"x","__proto__":{"a":1}}',
    ]);
  });

  test('puts everything into the query of a GET, beside what stands there', async () => {
    const { client, emulator } = await connect(
      { function: { method: 'GET', query: { prompt: 'str', n: 'int = 1' } }, answer: 'echo' },
      { method: 'GET', path: '/?model=a%20b&n=9' },
    );
    const result = await client.ask('a+b & ü', { extra: { n: 3, fast: true, tags: ['x', 'y'] } });
    expect(result).toMatchObject({ ok: true, repeatsPrompt: true });
    const { method, target, body, headers } = requestOf(emulator);
    expect({ method, body }).toEqual({ method: 'GET', body: '' });
    expect(headers['content-type']).toBeUndefined();
    expect([...new URLSearchParams(target?.slice(2))]).toEqual([
      ['model', 'a b'],
      ['prompt', 'a+b & ü'],
      ['n', '3'],
      ['fast', 'true'],
      ['tags', 'x'],
      ['tags', 'y'],
    ]);
  });

  test('puts the prompt into the query of a POST where it is told to', async () => {
    const { client, emulator } = await connect(
      { function: { query: { prompt: 'str' } }, answer: 'echo' },
      { promptIn: 'query' },
    );
    expect(await client.ask('Why?')).toMatchObject({ ok: true, repeatsPrompt: true });
    expect(requestOf(emulator)).toMatchObject({ method: 'POST', target: '/?prompt=Why%3F' });
  });

  test('speaks to an endpoint with other names', async () => {
    const { client } = await connect(
      {
        answer: 'echo',
        function: {
          method: 'PUT',
          body: { model: 'Item', fields: { question: 'str' } },
          handler: { kind: 'answer', key: 'response' },
        },
      },
      { method: 'PUT', promptKey: 'question', answerKey: 'response' },
    );
    expect(await client.ask('Why?')).toMatchObject({ ok: true, repeatsPrompt: true });
  });

  test('reads a bare string', async () => {
    const input: EmulatorInput = { function: { handler: { kind: 'answer', key: null } } };
    const { client } = await connect(input, { answerKey: null });
    expect(await client.ask('Why?')).toMatchObject({ text: 'hello world', answer: 'hello world' });
  });

  test('tells what the answer is where the text is not found', async () => {
    const { client } = await connect({
      function: { handler: { kind: 'answer', key: 'response' } },
    });
    const failure = failureOf(await client.ask('Why?'), 'wrong-shape');
    expect(failure).toMatchObject({
      status: 200,
      expected: 'a JSON object with a string under "prompt"',
      issues: [{ path: ['prompt'] }],
      answer: { response: 'hello world' },
    });
    expect(failure.message).toMatch(/^Failed to ask "http:.+": .+ Set answerKey: "response"/);
  });

  test.each<[name: string, answerKey: string | null, input: EmulatorInput, message: RegExp]>([
    ['a bare string', 'prompt', { function: { handler: { kind: 'answer', key: null } } }, /: null/],
    ['an object', null, {}, /not a JSON string, but an object with "prompt" \(string\)/],
  ])('tells that %s is not it', async (_name, answerKey, input, message) => {
    const { client } = await connect(input, { answerKey });
    expect(failureOf(await client.ask('Why?'), 'wrong-shape').message).toMatch(message);
  });

  test('reads what FastAPI says against a request', async () => {
    const { client } = await connect({}, { promptKey: 'promt' });
    const failure = failureOf(await client.ask('Why?'), 'status');
    expect(failure).toMatchObject({
      status: 422,
      validation: [{ loc: ['body', 'prompt'], msg: 'Field required', type: 'missing' }],
      edge: null,
      isBodyCut: false,
      contentType: 'application/json',
    });
    expect(failure.detail).toEqual(failure.validation);
    expect(failure.message).toMatch(/ 422: body\.prompt: Field required\. Check promptKey/);
  });

  test.each<[status: number, options: Options, input: EmulatorInput, detail: unknown, RegExp]>([
    [405, { method: 'GET' }, {}, 'Method Not Allowed', /does not take GET: Method Not Allowed\. S/],
    [404, { path: '/nowhere' }, {}, 'Not Found', /\/nowhere": it answered 404: Not Found\. Check/],
    [500, {}, { function: { handler: { kind: 'crash' } } }, undefined, /"Internal Server Error"\./],
    [
      503,
      {},
      {
        function: {
          handler: {
            kind: 'http-exception',
            status: 503,
            detail: 'Warming up.\nWait.',
            headers: { 'Retry-After': '7' },
          },
        },
      },
      'Warming up.\nWait.',
      /503: Warming up\. Wait\. Ask again later\.$/,
    ],
  ])('tells a %d', async (status, options, input, detail, message) => {
    const { client } = await connect(input, options);
    const failure = failureOf(await client.ask('Why?'), 'status');
    expect(failure).toMatchObject({ status, validation: null, edge: null });
    expect(failure.detail).toEqual(detail);
    expect(failure.retryAfterMs).toBe(status === 503 ? 7000 : null);
    expect(failure.message).toMatch(message);
  });

  test('tells that a stream is not JSON', async () => {
    const { client } = await connect({ function: { handler: { kind: 'stream' } } });
    expect(failureOf(await client.ask('Why?'), 'not-json')).toMatchObject({
      reason: 'syntax',
      contentType: 'text/event-stream; charset=utf-8',
      bodyStart: expect.stringMatching(/^data: hello/),
    });
  });

  test('throws the failure where the text alone is wanted', async () => {
    const { client } = await connect({}, { path: '/nowhere' });
    const error: unknown = await client.complete('Why?').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PromptError);
    expect(error).toMatchObject({ name: 'PromptError', failure: { kind: 'status', status: 404 } });
    expect(error).toHaveProperty('message', (error as PromptError).failure.message);
  });

  test('sends the proxy token and the headers, those of a prompt before those of the client', async () => {
    const { client, emulator } = await connect(
      {},
      {
        modalKey: 'wk-key',
        modalSecret: 'ws-secret',
        headers: { 'X-Who': 'client', 'X-Client': 'yes' },
      },
    );
    await client.ask('Why?', { headers: { 'x-who': 'prompt' } });
    expect(requestOf(emulator).headers).toMatchObject({
      // The journal masks them.
      'modal-key': '***',
      'modal-secret': '***',
      'x-who': 'prompt',
      'x-client': 'yes',
    });
  });
});

test('the global fetch is the one of the time of asking', async () => {
  const client = createPromptClient({ url: 'https://you--llm-web.modal.run/' });
  const asked: string[] = [];
  const stub: FetchLike = async ({ url }) => {
    asked.push(url);
    return Response.json({ prompt: 'stubbed' });
  };
  vi.stubGlobal('fetch', stub);
  try {
    expect(await client.complete('Why?')).toBe('stubbed');
  } finally {
    vi.unstubAllGlobals();
  }
  expect(asked).toEqual(['https://you--llm-web.modal.run/']);
});

test('every key of the contract is a key that may be sent', () => {
  expectTypeOf(EXTRA_KEYS).toExtend<NonNullable<Parameters<Ask>[1]>['extra']>();
  // @ts-expect-error: no JSON
  const none: NonNullable<Parameters<Ask>[1]>['extra'] = { at: new Date(0) };
  expect(none).toBeDefined();
});

type Ask = ReturnType<typeof createPromptClient>['ask'];

test('the result narrows by "ok", the failure by "kind"', () => {
  type Failed = Extract<PromptResult, { ok: false }>;
  expectTypeOf<Extract<PromptResult, { ok: true }>['text']>().toEqualTypeOf<string>();
  expectTypeOf<Failed['failure']>().toEqualTypeOf<PromptFailure>();
  const read = (failure: PromptFailure): string => {
    switch (failure.kind) {
      case 'timeout':
        expectTypeOf(failure.timeoutMs).toEqualTypeOf<number>();
        return failure.phase;
      case 'aborted':
        expectTypeOf(failure.reason).toEqualTypeOf<unknown>();
        return failure.kind;
      case 'network':
        expectTypeOf(failure.code).toEqualTypeOf<string | null>();
        return failure.phase;
      case 'redirect':
        expectTypeOf(failure.location).toEqualTypeOf<string | null>();
        return failure.reason;
      case 'status':
        expectTypeOf(failure.validation).toEqualTypeOf<readonly ValidationIssue[] | null>();
        expectTypeOf(failure.edge).toEqualTypeOf<EdgeFailure | null>();
        return failure.body;
      case 'too-large':
        expectTypeOf(failure.answerMaxBytes).toEqualTypeOf<number>();
        return failure.kind;
      case 'not-json':
        return failure.bodyStart;
      case 'wrong-shape':
        expectTypeOf(failure.issues[0]?.path).toEqualTypeOf<readonly PropertyKey[] | undefined>();
        return failure.expected;
      default:
        return failure satisfies never;
    }
  };
  const failure: PromptFailure = { kind: 'aborted', reason: null, message: 'm' };
  expect(read(failure)).toBe('aborted');
  // @ts-expect-error: the text is there only where it is ok
  expectTypeOf<PromptResult>().toHaveProperty('text');
});
