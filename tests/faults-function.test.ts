import { describe, expect, test } from 'vitest';
import { httpExceptionSchema } from '../src/contract/failures.ts';
import { INTERNAL_SERVER_ERROR } from '../src/emulator/function/replies.ts';
import { crash } from '../src/scenarios/faults/crash.ts';
import { echo500 } from '../src/scenarios/faults/echo-500.ts';
import { httpException } from '../src/scenarios/faults/http-exception.ts';
import type { HeaderList, Outcome } from '../src/scenarios/outcome.ts';
import { ask, effectOf, plainReply } from './answered.ts';

const CORS: HeaderList = [
  ['access-control-allow-origin', 'http://localhost'],
  ['access-control-allow-credentials', 'true'],
  ['vary', 'Origin'],
];
const plain = plainReply('Why? Because.');
const withCors: Outcome = {
  kind: 'reply',
  reply: { ...plain, headers: [...plain.headers, ...CORS] },
};

describe('an exception that nobody handles', () => {
  test('is the text of Starlette, without CORS headers', async () => {
    const answered = await ask(effectOf(crash), { instead: withCors });
    expect(answered.outcome).toEqual({ kind: 'reply', reply: INTERNAL_SERVER_ERROR });
    expect(answered.wasAsked).toBe(true);
    expect(answered.langchain).toBe('requests.exceptions.JSONDecodeError');
  });
});

describe('an HTTPException', () => {
  const raised = async (options: Readonly<Record<string, unknown>>) => {
    const { status, headers, body, langchain } = await ask(effectOf(httpException, options));
    return { status, headers, body, langchain };
  };
  const JSON_HEADERS = [['content-type', 'application/json']];

  test.each<readonly [Readonly<Record<string, unknown>>, number, string]>([
    [{}, 500, '{"detail":"Internal Server Error"}'],
    [{ status: 503 }, 503, '{"detail":"Service Unavailable"}'],
    [{ status: 403, detail: null }, 403, '{"detail":"Forbidden"}'],
    [{ status: 400, detail: 'Grüße "😀"\n' }, 400, '{"detail":"Grüße \\"😀\\"\\n"}'],
    [
      { status: 422, detail: [{ loc: ['body'], n: 1.5 }] },
      422,
      '{"detail":[{"loc":["body"],"n":1.5}]}',
    ],
    [{ status: 429, detail: false }, 429, '{"detail":false}'],
    [{ status: 404, detail: { error: {} } }, 404, '{"detail":{"error":{}}}'],
  ])('%j', async (options, status, body) => {
    expect(await raised(options)).toEqual({
      status,
      headers: JSON_HEADERS,
      body,
      langchain: 'KeyError',
    });
    expect(httpExceptionSchema.safeParse(JSON.parse(body)).success).toBe(true);
  });

  test('has its own headers first, and those of CORS last', async () => {
    const options = { status: 401, detail: 'no', headers: { 'WWW-Authenticate': 'Bearer' } };
    const { headers } = await ask(effectOf(httpException, options), { instead: withCors });
    expect(headers).toEqual([['WWW-Authenticate', 'Bearer'], ...JSON_HEADERS, ...CORS]);
  });

  test('may say that it is something else', async () => {
    const { headers } = await raised({ headers: { 'Content-Type': 'application/problem+json' } });
    expect(headers).toEqual([['Content-Type', 'application/problem+json']]);
  });

  test.each([
    { status: 399 },
    { status: 600 },
    { status: '500' },
    { headers: { 'Content-Length': '7' } },
    { headers: { 'bad name': 'x' } },
    { headers: { good: 'a\r\nb' } },
    { headers: { good: 'ā' } },
    { reason: 'no such option' },
  ])('%j is refused', (options) => {
    expect(httpException.options.safeParse(options).success).toBe(false);
  });
});

describe('a 500 that repeats the prompt', () => {
  test.each([
    ['prompt', '{"prompt":"Why?: CUDA out of memory"}', 'fine'],
    ['response', '{"response":"Why?: CUDA out of memory"}', 'KeyError'],
    [null, '"Why?: CUDA out of memory"', 'TypeError'],
    [undefined, '{"prompt":"Why?: CUDA out of memory"}', 'fine'],
  ])('under the key %j', async (key, body, langchain) => {
    const answered = await ask(effectOf(echo500), { key, instead: withCors });
    expect(answered).toMatchObject({ status: 500, body, langchain });
    expect(answered.headers).toEqual([['content-type', 'application/json'], ...CORS]);
  });

  test('is a success of another status, too, and has another message', async () => {
    const effect = effectOf(echo500, { status: 503, message: 'loading' });
    const answered = await ask(effect);
    expect(answered).toMatchObject({ status: 503, body: '{"prompt":"Why?: loading"}' });
    expect(answered.langchain).toBe('fine');
  });

  test('needs a prompt', async () => {
    const answered = await ask(effectOf(echo500), { prompt: null, instead: withCors });
    expect(answered.outcome).toBe(withCors);
    expect(answered.notes).toEqual(['left as it was: the request has no prompt']);
  });
});

describe('a function that was not reached does not fail', () => {
  const refused: Outcome = { kind: 'reply', reply: { ...plain, status: 422 } };
  const wire: Outcome = { kind: 'wire', wire: { steps: [], end: 'reset' }, reply: plain };
  test.each([crash, httpException, echo500])('$kind', async (fault) => {
    const effect = effectOf(fault, fault.example);
    const notes = ['left as it was: the function gave no answer'];
    for (const instead of [refused, wire, { kind: 'abandoned' } as const]) {
      const answered = await ask(effect, { instead });
      expect(answered.outcome).toBe(instead);
      expect(answered.notes).toEqual(notes);
    }
    const preflight = await ask(effect, { method: 'OPTIONS', instead: withCors });
    expect(preflight.outcome).toBe(withCors);
  });
});
