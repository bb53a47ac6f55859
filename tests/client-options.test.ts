import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { AskOptions } from '../src/contract/client/types.ts';
import { createPromptClient, type PromptClientOptions } from '../src/contract/client.ts';

const url = 'https://you--llm-web.modal.run/';

/** The message of the TypeError that this throws. */
function refusal(create: () => unknown): string {
  try {
    create();
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    return String((error as TypeError).message);
  }
  throw new Error('nothing was thrown');
}

describe('an option that is not valid', () => {
  // The casts are what a program in JavaScript does without a word.
  test.each<[options: object, message: string]>([
    [{ url: 'you--llm-web.modal.run' }, 'with url "you--llm-web.modal.run": it is no URL. Give'],
    [{ url: undefined }, 'url "undefined": it is no URL'],
    [{ url: 'ftp://host/' }, 'with url "ftp://host/": it is neither https nor http. Give the URL'],
    [
      { url: 'https://me:S3CRET@host/?a=S3CRET' },
      'with url "https://***@host/": it has a user name or',
    ],
    [{ url: '//me:S3CRET@host/?a=S3CRET' }, 'with url "//***@host/": it is no URL'],
    [{ method: 'HEAD' }, 'method "HEAD": it is none of GET, POST, PUT, PATCH, DELETE. Give'],
    [{ method: 'post' }, 'method "post": it is none of'],
    [{ method: 'GET', promptIn: 'body' }, 'promptIn "body": a GET has no body. Leave it out'],
    [{ promptIn: 'header' }, 'promptIn "header": it is neither body nor query. Give'],
    [{ promptKey: 7 }, 'promptKey "7": it is not a string. Give'],
    [{ answerKey: 7 }, 'answerKey "7": it is neither a string nor null. Give'],
    [{ fetch: 'no' }, 'fetch "no": it is not a function. Give'],
    [{ timeoutMs: 0 }, 'timeoutMs "0": it is not a whole number from 1 to 2147483647. Give'],
    [{ timeoutMs: 1.5 }, 'timeoutMs "1.5"'],
    [{ timeoutMs: Number.NaN }, 'timeoutMs "NaN"'],
    [{ timeoutMs: Number.POSITIVE_INFINITY }, 'timeoutMs "Infinity"'],
    [{ timeoutMs: 2 ** 31 }, 'timeoutMs "2147483648"'],
    [{ fetch: {} }, 'with fetch an object: it is not a function. Give'],
    [{ signalAfter: 5000 }, 'signalAfter "5000": it is not a function. Give'],
    [{ bogus: 1 }, 'client with option "bogus": there is no such option. Give any of url, timeout'],
    [
      { timeout: 5000 },
      'option "timeout": there is no such option. Did you mean "timeoutMs"? Give',
    ],
    [{ modal_secret: 'S3CRET' }, 'no such option. Did you mean "modalSecret"? Give any of url,'],
    [{ redirectsMax: -1 }, 'redirectsMax "-1": it is not a whole number from 0 to 1000. Give'],
    [{ answerMaxBytes: 0 }, 'answerMaxBytes "0": it is not a whole number from 1 to 1073741824.'],
    [{ modalKey: 'S3CRET' }, '"modalSecret" is missing or empty'],
    [{ modalSecret: 'S3CRET' }, '"modalKey" is missing or empty'],
    [{ modalKey: '', modalSecret: 'S3CRET' }, '"modalKey" is missing or empty'],
    [{ modalKey: 'S3CRET', modalSecret: '' }, '"modalSecret" is missing or empty'],
    [
      { modalKey: 'wk-1', modalSecret: 'S3\nCRET S3CRET' },
      'set header "Modal-Secret": the name or the',
    ],
    [{ headers: { 'X-A': 'S3CRET\r\nS3CRET' } }, 'set header "X-A": the name or the value is none'],
    [{ headers: new Headers({ 'X-A': 'S3CRET' }) }, 'set headers: they are a Headers, not an'],
    [{ headers: [['X-A', 'S3CRET']] }, 'set headers: they are a list, not an object of names'],
    [{ headers: { 'X-A': undefined } }, 'set header "X-A": its value is undefined, not a string.'],
    [{ headers: { 'X A': 'S3CRET' } }, 'set header "X A"'],
    [{ headers: { 'X-A': 'S3CRET世' } }, 'set header "X-A"'],
  ])('%o is named', (options, message) => {
    const told = refusal(() => createPromptClient({ url, ...options } as PromptClientOptions));
    expect(told).toMatch(/^Failed to .+(?:: .+\. .+\.|modal\.run\/)$/);
    expect(told).toContain(message);
    expect(told).not.toContain('S3CRET');
  });
});

test.each<[given: unknown, message: string]>([
  [
    undefined,
    'Failed to create a prompt client: the options are undefined, not an object. Give an',
  ],
  [null, 'the options are null, not an object.'],
  [url, 'the options are a string, not an object. Give an object with any of url, timeoutMs,'],
  [[url], 'the options are a list, not an object.'],
])('options that are none are told: %j', (given, message) => {
  expect(refusal(() => createPromptClient(given as PromptClientOptions))).toContain(message);
});

describe('a prompt that cannot be sent', () => {
  const circle: unknown[] = [];
  circle.push(circle);
  const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  const asked: string[] = [];
  const fetch = async ({ url: to }: Request) => {
    asked.push(to);
    return Response.json({ prompt: 'x' });
  };

  test.each<[name: string, prompt: unknown, options: object, message: string]>([
    ['no text', 7, {}, 'Failed to ask: the prompt is a number. Give a string.'],
    ['nothing', undefined, {}, 'the prompt is undefined'],
    ['its key again', 'x', { extra: { prompt: 'y' } }, 'with extra key "prompt": the prompt'],
    ['NaN', 'x', { extra: { a: { b: [Number.NaN] } } }, 'key "a": its value is not JSON. Give'],
    ['Infinity', 'x', { extra: { a: Number.POSITIVE_INFINITY } }, 'key "a"'],
    ['a BigInt', 'x', { extra: { a: 1n } }, 'key "a": its value is not JSON'],
    ['a function', 'x', { extra: { a: () => {} } }, 'key "a": its value is not JSON'],
    ['a symbol', 'x', { extra: { a: [Symbol('s')] } }, 'key "a": its value is not JSON'],
    ['a circle', 'x', { extra: { a: circle } }, 'key "a": its value is not JSON'],
    ['a time-out', 'x', { timeoutMs: -1 }, 'Failed to ask with timeoutMs "-1": it is not a whole'],
    [
      'another option',
      'x',
      { timeout: 1 },
      'ask with option "timeout": there is no such option. D',
    ],
    ['one of the client', 'x', { url }, 'option "url": there is no such option. Give any of extra'],
    ['a signal', 'x', { signal: new AbortController() }, 'ask with signal an object: it is no Abo'],
    ['extra text', 'x', { extra: 'k' }, 'Failed to ask: "extra" is a string, not an object of'],
    ['a list of extras', 'x', { extra: [1] }, 'Failed to ask: "extra" is a list, not an object'],
    ['a header', 'x', { headers: { A: 'a\nb' } }, 'set header "A"'],
  ])('for %s is named', async (_name, prompt, options, message) => {
    const client = createPromptClient({ url, fetch });
    const asking = client.ask(prompt as string, options as AskOptions);
    await expect(asking).rejects.toBeInstanceOf(TypeError);
    await expect(client.complete(prompt as string, options as AskOptions)).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });

  test.each([[5000], [null], ['x']])('for options that are none is told: %j', async (options) => {
    const asking = createPromptClient({ url, fetch }).ask('x', options as unknown as AskOptions);
    await expect(asking).rejects.toThrow(/^Failed to ask: the options are (?:a |null).+ extra, si/);
    await expect(asking).rejects.toBeInstanceOf(TypeError);
  });

  test('for its depth is named, where JSON.stringify cannot write it', async () => {
    const asking = createPromptClient({ url, fetch }).ask('x', { extra: { deep } });
    await expect(asking).rejects.toThrow('key "deep": its value is not JSON');
  });

  test.each<[name: string, prompt: string, extra: object, message: string]>([
    ['half a character', '\ud800', {}, 'key "prompt": its value has half a character'],
    ['null', 'x', { a: null }, 'key "a": its value cannot stand in a query. Give'],
    ['an object', 'x', { a: { b: 1 } }, 'key "a": its value cannot stand in a query'],
    ['a list of lists', 'x', { a: [[1]] }, 'key "a": its value cannot stand in a query'],
    ['NaN', 'x', { a: Number.NaN }, 'key "a": its value cannot stand in a query'],
  ])('in a query, for %s, is named', async (_name, prompt, extra, message) => {
    const client = createPromptClient({ url, fetch, method: 'GET' });
    await expect(client.ask(prompt, { extra } as AskOptions)).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });
});

describe('credentials', () => {
  const secrets = {
    modalKey: 'wk-AbCdEfGhIjKlMnOpQrStUv',
    modalSecret: 'ws-ZyXwVuTsRqPoNmLkJiHgFe',
    headers: { Authorization: 'Bearer tok-0123456789abcdef', Cookie: 'sid=cookie-0123456789' },
  };
  const inTheUrl = 'query-0123456789';
  const ofThePrompt = 'prompts-own-0123456789';
  const NEVER = /AbCdE|ZyXwV|tok-0|cookie-0|query-0|prompts-own/;
  const ask = async (answer: (request: Request) => Response | Promise<Response>) => {
    const fetch = async (request: Request) => answer(request);
    const client = createPromptClient({ ...secrets, url: `${url}?key=${inTheUrl}`, fetch });
    const result = await client.ask('Why?', { headers: { 'X-Own': ofThePrompt } });
    return { client, result };
  };
  /** All that the endpoint knows, as a debugging one might answer it. */
  const knownOf = ({ headers, url: to }: Request) => `${JSON.stringify([...headers])} ${to}`;

  test('are sent', async () => {
    let known = '';
    await ask((request) => {
      known = knownOf(request);
      return Response.json({ prompt: 'x' });
    });
    for (const secret of [secrets.modalKey, secrets.modalSecret, inTheUrl, ofThePrompt]) {
      expect(known).toContain(secret);
    }
  });

  test('are on nothing that is printed of the client', async () => {
    const { client } = await ask(() => Response.json({ prompt: 'x' }));
    const printed = [inspect(client, { depth: 9, showHidden: true }), JSON.stringify(client)];
    expect(printed.join()).not.toMatch(NEVER);
  });

  test.each<[kind: string, answer: (request: Request) => Response]>([
    ['status', (request) => new Response(knownOf(request), { status: 500 })],
    ['status', (request) => new Response(`modal-http: ${knownOf(request)}`, { status: 401 })],
    ['status', (request) => Response.json({ detail: knownOf(request) }, { status: 503 })],
    [
      'status',
      (request) =>
        Response.json(
          { detail: [{ loc: ['header', knownOf(request)], msg: knownOf(request), type: 'x' }] },
          { status: 422 },
        ),
    ],
    ['not-json', (request) => new Response(knownOf(request))],
    ['not-json', () => new Response(secrets.headers.Authorization.slice('Bearer '.length))],
    ['wrong-shape', (request) => Response.json({ [knownOf(request).slice(40)]: 1 })],
    [
      'redirect',
      (request) =>
        new Response(null, {
          status: 307,
          headers: { location: `/${request.headers.get('modal-key')}?${request.url}` },
        }),
    ],
    [
      'network',
      (request) => {
        throw new TypeError(`could not send ${knownOf(request)}`);
      },
    ],
  ])(
    'stand in no message of a "%s" failure, though the endpoint says them',
    async (kind, answer) => {
      const { result } = await ask(answer);
      expect(result).toMatchObject({ ok: false, failure: { kind } });
      expect(result.ok ? '' : result.failure.message).not.toMatch(NEVER);
    },
  );

  test('stand in no message that is cut off in their middle', async () => {
    for (let length = 150; length <= 200; length += 1) {
      const text = `${'.'.repeat(length)}${secrets.modalSecret}`;
      const { result } = await ask(() => new Response(text, { status: 500 }));
      const message = result.ok ? '' : result.failure.message;
      // The first characters are not yet a secret.
      expect(message).not.toContain(secrets.modalSecret.slice(0, 8));
      expect(message).toContain(`${'.'.repeat(150)}`);
    }
  });
});
