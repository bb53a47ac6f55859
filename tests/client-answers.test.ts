import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPromptClient, type PromptClientOptions } from '../src/contract/client.ts';
import { EDGE_FAILURES, EDGE_PREFIX } from '../src/contract/edge-failures.ts';
import { failureOf } from './client-world.ts';

type Options = Omit<PromptClientOptions, 'url' | 'fetch'>;

/** Asks an endpoint that answers so. */
function askFor(
  body: string | Uint8Array<ArrayBuffer> | null,
  init: ResponseInit = {},
  options: Options = {},
) {
  const fetch = async () => new Response(body, init);
  return createPromptClient({ ...options, url: 'https://you--llm-web.modal.run/', fetch }).ask('?');
}

describe("an answer of Modal's front", () => {
  test.each(EDGE_FAILURES)('$status $name is known', async ({ name, status, text, hint }) => {
    const headers = { 'content-type': 'text/plain' };
    const answer = await askFor(`${EDGE_PREFIX}${text}\n`, { status, headers });
    const failure = failureOf(answer, 'status');
    expect(failure).toMatchObject({ status, edge: { name }, detail: undefined, validation: null });
    expect(failure.message).toContain(`Modal's front answered ${status}, `);
    expect(failure.message.endsWith(`. ${hint}`)).toBe(true);
  });

  test('with an unknown text is one as well', async () => {
    const answer = await askFor('modal-http: a new one\n', { status: 418 });
    expect(failureOf(answer, 'status')).toMatchObject({
      edge: { name: 'edge-failure' },
      message: expect.stringContaining('418'),
    });
  });
});

describe('an answer of somebody else', () => {
  test('is a page of HTML, which the message spares', async () => {
    const page = '<html>\n<head><title>502 Bad Gateway</title></head>\n</html>';
    const headers = { 'content-type': 'text/html' };
    const failure = failureOf(await askFor(page, { status: 502, headers }), 'status');
    expect(failure).toMatchObject({ body: page, edge: null, contentType: 'text/html' });
    expect(failure.message).toMatch(/: it answered 502 with a page of HTML\. Ask again later\.$/);
    expect(failureOf(await askFor(page, { headers }), 'not-json')).toMatchObject({
      reason: 'syntax',
      bodyStart: page,
      message: expect.stringMatching(/does not parse \(status 200; it is text\/html and begins "</),
    });
  });

  test.each([
    [401, /401 without a word\. Give credentials/],
    [413, /Send a shorter prompt\.$/],
    [418, /Check the request against the function\.$/],
    [500, /Look at the app's log\.$/],
  ])('%d says what to do', async (status, message) => {
    expect(failureOf(await askFor('', { status }), 'status').message).toMatch(message);
  });

  test('is a 422 of another form than that of FastAPI', async () => {
    const failure = failureOf(await askFor('{"detail": {"why": 1}}', { status: 422 }), 'status');
    expect(failure).toMatchObject({ validation: null, detail: { why: 1 } });
    expect(failure.message).toContain('422: "{\\"detail\\": {\\"why\\": 1}}". Check promptKey');
  });
});

describe('Retry-After', () => {
  const date = 'Fri, 02 Oct 2026 04:05:59 GMT';
  test.each<[header: string | undefined, date: string | undefined, waitMs: number | null]>([
    [undefined, date, null],
    ['120', undefined, 120_000],
    ['0', date, 0],
    ['Fri, 02 Oct 2026 04:06:29 GMT', date, 30_000],
    ['Fri, 02 Oct 2026 04:00:00 GMT', date, 0],
    ['Fri, 02 Oct 2026 04:06:29 GMT', undefined, null],
    ['soon', date, null],
    ['-1', undefined, null],
  ])('%s, at %s, is %s ms', async (header, sent, waitMs) => {
    const headers: Record<string, string> = {};
    if (header !== undefined) headers['retry-after'] = header;
    if (sent !== undefined) headers.date = sent;
    const failure = failureOf(await askFor('busy', { status: 429, headers }), 'status');
    expect(failure.retryAfterMs).toBe(waitMs);
  });
});

describe('a body', () => {
  const utf16 = new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00]);
  test.each<[name: string, body: string | Uint8Array<ArrayBuffer> | null, reason: string]>([
    ['of nothing', null, 'empty'],
    ['of spaces', ' \r\n', 'empty'],
    ['with a byte order mark', '\ufeff{"prompt":"x"}', 'byte-order-mark'],
    ['in Latin-1', new Uint8Array([0x22, 0xfc, 0x22]), 'not-utf-8'],
    ['in UTF-16', utf16, 'not-utf-8'],
    ['cut off', '{"prompt":"x', 'syntax'],
    ['with NaN, as Python writes it', '{"prompt":"x","score":NaN}', 'syntax'],
    ['in quotes of Python', "{'prompt': 'x'}", 'syntax'],
    ['of several objects', '{"prompt":"x"}\n{"prompt":"y"}', 'syntax'],
  ])('%s is not JSON', async (_name, body, reason) => {
    const failure = failureOf(await askFor(body), 'not-json');
    expect(failure).toMatchObject({ reason, status: 200 });
    expect(failure.message).toMatch(/the answer is not JSON: it .+ \(status 200; it .+\)\. Let /);
  });

  test.each<[body: string, named: RegExp]>([
    ['null', /, but null\. Let/],
    ['true', /, but a boolean\. Let/],
    ['["x"]', /, but a list\. Let/],
    ['{}', /, but an empty object\. Let/],
    ['{"Prompt":"x"}', /an object with "Prompt" \(string\)\. Set answerKey: "Prompt" if/],
    ['{"prompt":null,"a":[1]}', /with "prompt" \(null\), "a" \(a list\)\. Let/],
    ['{"prompt":{"text":"x"}}', /"prompt" \(object\)/],
    ['{"a":1,"b":2,"c":3,"d":"x","e":"y","f":6}', /"e" \(string\) and more\. Let/],
    [`{"${'x'.repeat(300)}":"x"}`, /, but an object with "x{50}" \(string\)\. Let/],
  ])('%s is of another shape', async (body, named) => {
    const failure = failureOf(await askFor(body), 'wrong-shape');
    expect(failure.answer).toEqual(JSON.parse(body));
    expect(failure.message).toMatch(named);
  });

  test('keeps the keys that nobody asked for', async () => {
    const answer = { prompt: 'x', usage: { tokens: 3 }, __proto__: null };
    const result = await askFor(JSON.stringify(answer), { status: 201 });
    expect(result).toMatchObject({ ok: true, text: 'x', answer: { usage: { tokens: 3 } } });
  });

  const nested = (depth: number) => `{"prompt":"x","a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  const listOf = (count: number) => `{"prompt":"x","a":[${'0,'.repeat(count - 1)}0]}`;

  test.each<[name: string, body: string, reason: string, words: string]>([
    ['nested without end', '['.repeat(1_000_000), 'depth', '1000 levels. Let the function'],
    ['of objects without end', '{"a":'.repeat(1001), 'depth', '1000 levels. Let the function'],
    ['one level too deep', nested(1000), 'depth', '1000 levels. Let the function answer fl'],
    ['of endless small values', '[],'.repeat(1_000_000), 'values', '500000 values. Let the'],
    ['of one value too many', listOf(499_998), 'values', '500000 values. Let the function'],
  ])('%s is not parsed', async (_name, body, reason, words) => {
    const failure = failureOf(await askFor(body), 'too-large');
    expect(failure).toMatchObject({ reason, status: 200, answerMaxBytes: 8 * 1024 * 1024 });
    expect(failure.message).toContain(`the answer is JSON of more than ${words}`);
  });

  test.each<[name: string, body: string]>([
    ['as deep as it may be', nested(999)],
    ['of as many values as there may be', listOf(499_997)],
    ['whose text is full of brackets', `{"prompt":${JSON.stringify('[{",\\'.repeat(300_000))}}`],
  ])('%s is read', async (_name, body) => {
    expect(await askFor(body)).toMatchObject({ ok: true, answer: JSON.parse(body) });
  });

  test('of a failure, nested without end, has no detail', async () => {
    const body = `{"detail":${'['.repeat(2000)}${']'.repeat(2000)}}`;
    const failure = failureOf(await askFor(body, { status: 500 }), 'status');
    expect(failure).toMatchObject({ detail: undefined, body });
  });

  test('has 8 MiB at most, unless more is allowed', async () => {
    const body = JSON.stringify({ prompt: 'x'.repeat(8 * 1024 * 1024) });
    const failure = failureOf(await askFor(body), 'too-large');
    expect(failure).toMatchObject({ reason: 'bytes', answerMaxBytes: 8 * 1024 * 1024 });
    expect(await askFor(body, {}, { answerMaxBytes: body.length })).toMatchObject({ ok: true });
  });

  test('under a key that objects have by themselves is looked for all the same', async () => {
    failureOf(await askFor('{}', {}, { answerKey: 'toString' }), 'wrong-shape');
    const result = await askFor('{"toString":"x"}', {}, { answerKey: 'toString' });
    expect(result).toMatchObject({ ok: true, text: 'x' });
  });
});

/** Whether these bytes are what the contract calls an answer, said in another way. */
function isAnswer(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString();
  if (!Buffer.from(text).equals(bytes)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return typeof (value as { prompt?: unknown } | null)?.prompt === 'string';
  } catch {
    return false;
  }
}

const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .record({ prompt: fc.oneof(fc.string(), fc.jsonValue()), other: fc.jsonValue() })
    .map((value) => Buffer.from(JSON.stringify(value))),
);

test('whatever comes is an answer or a failure in one line, and nothing is thrown', async () => {
  const statuses = fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 }));
  await fc.assert(
    fc.asyncProperty(statuses, bodies, fc.string(), async (status, body, location) => {
      const isBodiless = [204, 205, 304].includes(status);
      const headers = /^[\x21-\x7e]+$/.test(location) ? { location } : {};
      const bytes = isBodiless ? null : new Uint8Array(body);
      const result = await askFor(bytes, { status, headers }, { redirectsMax: 2 });
      expect(result.ok).toBe(status < 300 && !isBodiless && isAnswer(body));
      if (result.ok) return;
      expect(result.failure.message).toMatch(/^Failed to ask "https:[^"]+": \P{Cc}+\.$/u);
      expect(result.failure.message.length).toBeLessThan(2000);
    }),
    { numRuns: 1000 },
  );
});
