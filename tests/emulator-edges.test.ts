import { describe, expect, test } from 'vitest';
import { type AnswerSource, createEmulator, createVirtualClock } from '../src/emulator/index.ts';
import { serve } from '../src/emulator/node/index.ts';

function post(body: unknown, init: RequestInit = {}, path = '/'): Request {
  return new Request(`http://localhost${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...init,
  });
}

function slowSource(): { source: AnswerSource; clock: ReturnType<typeof createVirtualClock> } {
  const clock = createVirtualClock();
  const source: AnswerSource = {
    name: 'slow',
    summary: 'answers after a minute',
    needsPrompt: true,
    async answer({ prompt }, context) {
      await context.clock.sleep(60_000);
      return prompt;
    },
  };
  return { source, clock };
}

describe('an exchange under way', () => {
  test('rejects as fetch does when its client leaves', async () => {
    const { source, clock } = slowSource();
    const emulator = createEmulator({}, { answers: source, clock });
    const client = new AbortController();
    const answered = emulator.fetch(post({ prompt: 'Why?' }, { signal: client.signal }));
    const outcome = expect(answered).rejects.toMatchObject({ name: 'AbortError' });
    await clock.whenSleeping();
    client.abort();
    await clock.advance(60_000);
    await outcome;
    expect(emulator.journal.get(1)?.outcome.kind).toBe('abandoned');
  });

  test('leaves no trace after a reset', async () => {
    const { source, clock } = slowSource();
    const emulator = createEmulator({}, { answers: source, clock });
    const answered = emulator.fetch(post({ prompt: 'of the test before' }));
    await clock.whenSleeping();
    emulator.reset();
    await clock.advance(60_000);
    expect((await answered).status).toBe(200);
    expect(emulator.journal.total).toBe(0);
  });

  test('is seen by who polls, however late it ends', async () => {
    const { source, clock } = slowSource();
    const emulator = createEmulator({}, { answers: source, clock });
    const slow = emulator.fetch(post({ prompt: 'slow' }));
    await clock.whenSleeping();
    await emulator.fetch(post({}));
    const poll = async (since: number) => {
      const response = await emulator.fetch(
        new Request(`http://localhost/__admin/requests?since=${since}`),
      );
      const { requests, total } = await response.json();
      return [requests.map(({ ordinal }: { ordinal: number }) => ordinal), total];
    };
    expect(await poll(0)).toEqual([[2], 1]);
    await clock.advance(60_000);
    await slow;
    expect(await poll(1)).toEqual([[1], 2]);
  });
});

test('an encoded path is none of the control plane', async () => {
  const response = await createEmulator().fetch(post({}, {}, '/%5f%5fadmin/version'));
  expect(await response.text()).toBe('{"detail":"Not Found"}');
});

test('so many problems are told that no call could take them', async () => {
  const emulator = createEmulator({ function: { body: { fields: { n: 'list[int]' } } } });
  const response = await emulator.fetch(post({ n: Array.from({ length: 150_000 }, () => 'x') }));
  expect(response.status).toBe(422);
  expect((await response.json()).detail).toHaveLength(150_000);
});

test('a long stream is counted whole, and not judged by its beginning', async () => {
  const events = Array.from({ length: 30 }, () => 'x'.repeat(100_000));
  const emulator = createEmulator({ function: { handler: { kind: 'stream', events } } });
  await (await emulator.fetch(post({ prompt: 'hi' }))).text();
  const exchange = emulator.journal.get(1);
  expect(exchange?.outcome).toMatchObject({ body: { bytes: 3_000_000, clipped: true } });
  expect(exchange?.diagnosis).toBeNull();
});

test.each(['Content-Length', 'transfer-encoding', 'Connection'])(
  'a function cannot set %s, which frames the answer',
  (name) => {
    const handler = { kind: 'http-exception', status: 429, headers: { [name]: '3' } } as const;
    expect(() => createEmulator({ function: { handler } })).toThrow('frames the answer');
  },
);

test('a default that is longer than its request hides no depth', async () => {
  const emulator = createEmulator({
    stack: 'fastapi-0.92',
    function: { body: { fields: { prompt: `str = "${'x'.repeat(3000)}"` } } },
  });
  const response = await emulator.fetch(post(`{"x":${'['.repeat(1200)}${']'.repeat(1200)}}`));
  expect(response.status).toBe(400);
});

test('an emulator that is served again is ready again', async () => {
  const emulator = createEmulator();
  for (let time = 0; time < 2; time += 1) {
    const server = await serve(emulator, { port: 0 });
    expect((await fetch(`${server.url}/__admin/ready`)).status).toBe(200);
    await server.close();
  }
});

describe('the journal holds no secret', () => {
  const SECRET = 'sk-very-secret-4711';

  test.each([
    ['in a list', { token: [SECRET, { a: SECRET }] }, {}],
    ['in an object', { credentials: { user: SECRET } }, {}],
    ['behind what is shown of a body', { x: 'p'.repeat(5000), api_key: SECRET }, {}],
    ['under a name with an escape', `{"Pass\\u0077ord":"${SECRET}"}`, {}],
    ['with an escape', `{"api_key":"sk-v\\u0065ry-secret-4711"}`, {}],
    ['in a form', `prompt=a&api_key=${SECRET}`, {}],
    ['in a URL in a header', {}, { referer: `http://u:${SECRET}@h/?token=${SECRET}` }],
    ['in a session', {}, { 'x-session-id': SECRET }],
    ['beside a default prompt', { api_key: SECRET }, {}],
  ])('%s', async (name, body, headers) => {
    const prompt = name === 'beside a default prompt' ? 'str = "x"' : 'str';
    const fields = { prompt, api_key: 'Optional[int] = None' };
    const emulator = createEmulator({ function: { body: { fields } } });
    await emulator.fetch(
      post(body, { headers: { 'content-type': 'application/json', ...headers } }),
    );
    expect(emulator.journal.total).toBe(1);
    expect(JSON.stringify(emulator.journal.list())).not.toContain(SECRET);
  });
});
