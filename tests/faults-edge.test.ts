import { describe, expect, test } from 'vitest';
import { EDGE_FAILURES, findEdgeFailure } from '../src/contract/edge-failures.ts';
import { EDGE_ANSWERS } from '../src/scenarios/edge-answers.ts';
import { early303 } from '../src/scenarios/faults/early-303.ts';
import { gateway } from '../src/scenarios/faults/gateway.ts';
import { inputLost } from '../src/scenarios/faults/input-lost.ts';
import { modalEdge } from '../src/scenarios/faults/modal-edge.ts';
import { rateLimited } from '../src/scenarios/faults/rate-limited.ts';
import type { Outcome } from '../src/scenarios/outcome.ts';
import { ABSURD_RETRY_AFTER } from '../src/scenarios/retry-after.ts';
import { type Answered, ask, effectOf, plainReply } from './answered.ts';

const JSON_ERROR = 'requests.exceptions.JSONDecodeError';
const TEXT_HEADERS = [['content-type', 'text/plain; charset=utf-8']];

function headerOf({ headers }: Answered, name: string): string | undefined {
  return headers.find(([one]) => one === name)?.[1];
}

describe("Modal's edge", () => {
  const WORKSPACE = 'ac-0000000000000000000000';
  test.each<readonly [string, number, string]>([
    ['not-deployed', 404, 'invalid function call'],
    ['stopped', 404, 'app for invoked web endpoint is stopped'],
    ['workspace-disabled', 404, `workspace ${WORKSPACE} is disabled`],
    ['proxy-auth-missing', 401, 'missing credentials for proxy authorization'],
    ['proxy-auth-invalid', 401, 'invalid credentials for proxy authorization'],
    ['bad-redirect-method', 400, 'bad redirect method'],
    ['prohibited-header', 400, 'prohibited modal header: modal-function-call-id'],
    ['spend-limit', 429, 'Webhook failed: workspace billing cycle spend limit reached'],
    [
      'queue-full',
      429,
      `Function fu-0000000000000000000000 reached pending input queue limit (2000) for workspace ${WORKSPACE}`,
    ],
    ['function-timeout', 500, 'internal error: function execution timed out'],
    ['function-killed', 500, 'internal error: function was terminated by signal'],
    ['function-failed', 500, "internal error: status Failure: RuntimeError('CUDA out of memory')"],
    [
      'platform-failure',
      500,
      'internal error: status InternalFailure: Server has lost track of input',
    ],
    ['lost-track', 500, 'internal error: Server has lost track of input'],
    ['call-timed-out', 502, 'function call timed out'],
    ['unreachable', 502, 'unreachable'],
    ['proxy-auth-407', 407, 'missing credentials for proxy authorization'],
    ['rate-limit', 429, 'Webhook failed: rate limit exceeded'],
  ])('answers %s: %i modal-http: %s', async (failure, status, text) => {
    const answered = await ask(effectOf(modalEdge, { failure }));
    expect(answered.outcome).toEqual({
      kind: 'reply',
      reply: { status, headers: TEXT_HEADERS, body: `modal-http: ${text}\n` },
    });
    expect(answered.langchain).toBe(JSON_ERROR);
  });

  test('says all that the contract knows of it, and is recognised by it', async () => {
    const names = EDGE_ANSWERS.map(({ name }) => name);
    expect(names.slice(0, EDGE_FAILURES.length)).toEqual(EDGE_FAILURES.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    for (const { name } of EDGE_FAILURES) {
      const { status, body } = await ask(effectOf(modalEdge, { failure: name }));
      expect(findEdgeFailure(status, String(body))?.name).toBe(name);
    }
  });

  test.each([
    ['workspace-disabled', 'ac-mine', 'workspace ac-mine is disabled'],
    ['prohibited-header', 'modal-x', 'prohibited modal header: modal-x'],
    ['function-failed', "KeyError('$&')", "internal error: status Failure: KeyError('$&')"],
  ])('varies: %s with %s', async (failure, detail, text) => {
    const { body } = await ask(effectOf(modalEdge, { failure, detail }));
    expect(body).toBe(`modal-http: ${text}\n`);
  });

  test('does not vary where nothing is to be filled in, and knows no other failure', () => {
    const read = modalEdge.options.safeParse({ failure: 'stopped', detail: 'x' });
    expect(read.error?.issues[0]?.message).toBe('is for texts that vary, and this one does not');
    expect(modalEdge.options.safeParse({ failure: 'edge-failure' }).success).toBe(false);
  });

  test('asks the function first where it was the function that failed', async () => {
    const asked: string[] = [];
    for (const { name } of EDGE_ANSWERS) {
      if ((await ask(effectOf(modalEdge, { failure: name }))).wasAsked) asked.push(name);
    }
    expect(asked).toEqual([
      'function-timeout',
      'function-killed',
      'function-failed',
      'platform-failure',
      'lost-track',
      'call-timed-out',
    ]);
  });

  test('says for the journal what is a guess', async () => {
    const notesOf = async (failure: string) => (await ask(effectOf(modalEdge, { failure }))).notes;
    expect(await notesOf('unreachable')).toEqual(['the text of "unreachable": guess']);
    expect(await notesOf('stopped')).toEqual(['the text of "stopped": reported']);
    expect(modalEdge.options.shape.failure.description).toBe(
      'Which answer. Guesses: prohibited-header, call-timed-out, unreachable, proxy-auth-407, rate-limit.',
    );
  });
});

describe('a request that got lost', () => {
  test.each([408, 502])(
    'is answered %i by the container, without a content-type',
    async (status) => {
      const answered = await ask(effectOf(inputLost, { status }));
      expect(answered.outcome).toEqual({
        kind: 'reply',
        reply: {
          status,
          headers: [],
          body: 'Missing request, possibly due to expiry or cancellation',
        },
      });
      expect([answered.wasAsked, answered.langchain]).toEqual([false, JSON_ERROR]);
    },
  );
});

describe('429', () => {
  const answer = (options: Readonly<Record<string, unknown>>, more = {}) =>
    ask(effectOf(rateLimited, options), more);

  test.each([
    [{}, undefined],
    [{ retryAfter: 'absent' }, undefined],
    [{ retryAfter: '2s' }, '2'],
    [{ retryAfter: 0 }, '0'],
    [{ retryAfter: 3000 }, '3'],
    [{ retryAfter: '1h' }, '3600'],
  ])('%j: %s', async (options, retryAfter) => {
    const answered = await answer(options);
    expect(answered.status).toBe(429);
    expect(headerOf(answered, 'retry-after')).toBe(retryAfter);
    expect(answered.body).toBe('modal-http: Webhook failed: rate limit exceeded\n');
    expect([answered.wasAsked, answered.langchain]).toEqual([false, JSON_ERROR]);
    expect(answered.notes).toEqual(['the text of the 429 is a guess']);
  });

  test.each([
    [{ retryAfter: 'http-date' }, 1000, 'Thu, 01 Jan 1970 00:00:03 GMT'],
    [{ retryAfter: 'http-date', dateIn: '1m' }, 0, 'Thu, 01 Jan 1970 00:01:00 GMT'],
    [{ retryAfter: 'http-date', dateIn: '2s' }, 1, 'Thu, 01 Jan 1970 00:00:03 GMT'],
  ])('%j at %i ms is %s', async (options, nowMs, date) => {
    expect(headerOf(await answer(options, { nowMs }), 'retry-after')).toBe(date);
  });

  test('may be absurd, and the same absurdity for the same exchange', async () => {
    const seen = new Set<string | undefined>();
    for (let index = 0; index < 200; index += 1) {
      const seed = `seed ${index}`;
      const value = headerOf(await answer({ retryAfter: 'absurd' }, { seed }), 'retry-after');
      expect(headerOf(await answer({ retryAfter: 'absurd' }, { seed }), 'retry-after')).toBe(value);
      seen.add(value);
    }
    expect(seen).toEqual(new Set(ABSURD_RETRY_AFTER));
  });

  test('may come from the function: LangChain raises another exception then', async () => {
    const answered = await answer({ by: 'function', retryAfter: '5s' });
    expect(answered.body).toBe('{"detail":"Too Many Requests"}');
    expect(answered.headers).toEqual([
      ['retry-after', '5'],
      ['content-type', 'application/json'],
    ]);
    expect([answered.notes, answered.langchain]).toEqual([[], 'KeyError']);
  });

  test.each([2, '2', '1500ms', '0.5s', 'later', -1000])('%j is refused', (retryAfter) => {
    expect(rateLimited.options.safeParse({ retryAfter }).success).toBe(false);
  });

  test('a number that was meant as seconds is told so', () => {
    const { error } = rateLimited.options.safeParse({ retryAfter: 2 });
    expect(error?.issues[0]?.message).toBe(
      'must be whole seconds, since Retry-After counts them: write "2s", not 2 (milliseconds)',
    );
  });
});

describe('gateways', () => {
  const page = (title: string) =>
    `<html>\r\n<head><title>${title}</title></head>\r\n` +
    `<body><center><h1>${title}</h1></center><hr></body>\r\n</html>\r\n`;
  const HTML = [['content-type', 'text/html']];
  test.each([
    ['html-502', 502, HTML, page('502 Bad Gateway'), JSON_ERROR],
    ['html-503', 503, HTML, page('503 Service Unavailable'), JSON_ERROR],
    ['html-504', 504, HTML, page('504 Gateway Timeout'), JSON_ERROR],
    [
      'json-502',
      502,
      [['content-type', 'application/json']],
      '{"message": "Bad Gateway"}',
      'KeyError',
    ],
    ['empty-503', 503, [], '', JSON_ERROR],
    ['empty-404', 404, [], '', JSON_ERROR],
  ])('%s', async (persona, status, headers, body, langchain) => {
    const answered = await ask(effectOf(gateway, { persona }));
    expect(answered).toMatchObject({ status, headers, body, langchain, wasAsked: false });
  });
});

describe('an early 303', () => {
  const location = (answered: Answered) => headerOf(answered, 'location') ?? '';
  const result: Outcome = { kind: 'reply', reply: plainReply('Why? Because.') };

  test('has an empty body and a URL, under which a GET gets the answer, again and again', async () => {
    const effect = effectOf(early303);
    const first = await ask(effect, { instead: result });
    expect(first).toMatchObject({ status: 303, body: '', wasAsked: true });
    expect(first.headers.map(([name]) => name)).toEqual(['location']);
    expect(location(first)).toMatch(
      /^\/\?__modal_attempt_token=eyJhbGciOiJIUzI1NiI[\w]+\.[\w]+\.[\w]+$/,
    );
    for (let hop = 0; hop < 3; hop += 1) {
      const got = await ask(effect, { method: 'GET', target: location(first) });
      expect([got.outcome, got.wasAsked]).toEqual([result, false]);
      expect(got.langchain).toBe('fine');
    }
  });

  test('does not wait for the answer, and the result URL does', async () => {
    const effect = effectOf(early303);
    let finish = (_outcome: Outcome) => {};
    const running = new Promise<Outcome>((resolve) => {
      finish = resolve;
    });
    const target = location(await ask(effect, { instead: running }));
    let isThere = false;
    const waiting = ask(effect, { method: 'GET', target }).then((got) => {
      isThere = true;
      return got;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isThere).toBe(false);
    finish(result);
    expect((await waiting).outcome).toBe(result);
  });

  test('lets whoever waits leave, and another come', async () => {
    const effect = effectOf(early303);
    let finish = (_outcome: Outcome) => {};
    const running = new Promise<Outcome>((resolve) => {
      finish = resolve;
    });
    const target = location(await ask(effect, { instead: running }));
    const left = new AbortController();
    const leaving = ask(effect, { method: 'GET', target, signal: left.signal });
    left.abort(new Error('left'));
    await expect(leaving).rejects.toThrow('left');
    await expect(ask(effect, { method: 'GET', target, signal: left.signal })).rejects.toThrow(
      'left',
    );
    finish(result);
    expect((await ask(effect, { method: 'GET', target })).outcome).toBe(result);
  });

  test.each(['POST', 'HEAD', 'OPTIONS'])('refuses %s on the result URL', async (method) => {
    const effect = effectOf(early303);
    const target = location(await ask(effect));
    const got = await ask(effect, { method, target });
    expect(got).toMatchObject({ status: 400, body: 'modal-http: bad redirect method\n' });
    expect(got.wasAsked).toBe(false);
  });

  test('may come several times in a row', async () => {
    const effect = effectOf(early303, { redirects: 3 });
    let target = location(await ask(effect, { instead: result }));
    const statuses: number[] = [];
    for (let hop = 0; hop < 3; hop += 1) {
      const got = await ask(effect, { method: 'GET', target });
      statuses.push(got.status);
      target = location(got) || target;
    }
    expect(statuses).toEqual([303, 303, 200]);
  });

  test('goes by what its step lets pass, or else nobody could follow it', async () => {
    const effect = effectOf(early303);
    const { passing } = effect;
    if (passing === undefined) throw new Error('it watches nothing');
    const target = location(await ask(effect, { instead: result }));
    expect((await ask(passing, { method: 'GET', target })).outcome).toBe(result);
    const other = await ask(passing, { instead: result });
    expect([other.outcome, other.wasAsked]).toEqual([result, true]);
  });

  test.each<readonly [Readonly<Record<string, unknown>>, RegExp]>([
    [{ location: 'query' }, /^\?a=1&__modal_attempt_token=eyJ/],
    [{ location: 'path' }, /^\/path\?a=1&__modal_attempt_token=eyJ/],
    [{ location: 'absolute' }, /^http:\/\/host:1\/path\?a=1&__modal_attempt_token=eyJ/],
    [
      { parameter: '__modal_function_call_id' },
      /^\/path\?a=1&__modal_function_call_id=fc-01[0-9A-F]{24}$/,
    ],
  ])('Location with %j', async (options, expected) => {
    const asked = { target: '/path?a=1', headers: { host: 'host:1' } };
    const effect = effectOf(early303, options);
    const first = location(await ask(effect, { ...asked, instead: result }));
    expect(first).toMatch(expected);
    const url = new URL(first, 'http://host:1/path');
    const got = await ask(effect, { method: 'GET', target: url.pathname + url.search });
    expect(got.outcome).toBe(result);
  });

  test('gives every call a token of its own, even to the same identity, and the same in every run', async () => {
    const tokens = async () => {
      const effect = effectOf(early303);
      return [location(await ask(effect)), location(await ask(effect))];
    };
    const [one, two] = await tokens();
    expect(one).not.toBe(two);
    expect(await tokens()).toEqual([one, two]);
  });

  test('does not know other tokens: the request goes on', async () => {
    const target = '/?__modal_attempt_token=eyJhbGciOiJIUzI1NiJ9.unknown';
    const effect = effectOf(early303);
    const got = await ask(effect.passing ?? effect, { method: 'GET', target, instead: result });
    expect([got.outcome, got.wasAsked]).toEqual([result, true]);
  });

  test('gives a stream once, and forgets the oldest of more than 64', async () => {
    async function* pieces() {
      yield 'data: 1\n\n';
    }
    const stream: Outcome = {
      kind: 'reply',
      reply: { status: 200, headers: [], body: pieces() },
    };
    const effect = effectOf(early303);
    const target = location(await ask(effect, { instead: stream }));
    expect((await ask(effect, { method: 'GET', target })).outcome).toBe(stream);
    expect((await ask(effect, { method: 'GET', target })).status).toBe(303);

    const targets: string[] = [];
    for (let index = 0; index < 70; index += 1) {
      targets.push(location(await ask(effect, { seed: `${index}` })));
    }
    const isKnown = async (one = '') =>
      (await ask(effect.passing ?? effect, { method: 'GET', target: one })).wasAsked === false;
    expect(await isKnown(targets.at(-1))).toBe(true);
    expect(await isKnown(targets[0])).toBe(false);
  });

  test('hands an error on to whoever asks for the result, and to nobody else', async () => {
    const effect = effectOf(early303);
    const failing = Promise.reject(new Error('broken'));
    failing.catch(() => undefined);
    const target = location(await ask(effect, { instead: failing }));
    await expect(ask(effect, { method: 'GET', target })).rejects.toThrow('broken');
  });
});
