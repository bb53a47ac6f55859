import { describe, expect, test } from 'vitest';
import {
  createEmulator,
  createVirtualClock,
  type EmulatorInput,
  type Exchange,
} from '../src/emulator/index.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/** Sends one request to a new emulator; gives what the journal has of it. */
async function recorded(
  request: {
    body?: string | Uint8Array<ArrayBuffer>;
    headers?: Record<string, string>;
    target?: string;
  },
  options: EmulatorInput = {},
): Promise<Exchange> {
  const { body = '{"prompt":"hi"}', headers = {}, target = '/' } = request;
  const emulator = createEmulator(options, { clock: createVirtualClock() });
  const init = { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body };
  const response = await emulator.fetch(new Request(`http://localhost${target}`, init));
  await response.arrayBuffer();
  const [exchange] = emulator.journal.list();
  if (exchange === undefined) throw new Error('nothing was recorded');
  return exchange;
}

function replyBodyOf({ outcome }: Exchange) {
  if (outcome.kind !== 'reply') throw new Error('the exchange was abandoned');
  return outcome.body;
}

describe('an exchange', () => {
  test('is written down as it was', async () => {
    const exchange = await recorded({
      body: '{"prompt":"Why?"}',
      target: '/?a=1',
      headers: { 'X-A': 'b' },
    });
    expect(exchange).toMatchObject({
      ordinal: 1,
      startedAt: '1970-01-01T00:00:00.000Z',
      durationMs: 0,
      request: {
        method: 'POST',
        target: '/?a=1',
        prompt: 'Why?',
        body: { text: '{"prompt":"Why?"}', bytes: 17, clipped: false },
      },
      outcome: {
        kind: 'reply',
        status: 200,
        body: { text: '{"prompt":"hello world"}', bytes: 24, clipped: false },
      },
    });
    expect(exchange.request.headers).toContainEqual(['x-a', 'b']);
  });

  test('the listener has it when the journal has it', async () => {
    const heard: number[] = [];
    const emulator = createEmulator(
      {},
      {
        onExchange: ({ ordinal }) => heard.push(ordinal, emulator.journal.total),
      },
    );
    await emulator.fetch(new Request('http://localhost/'));
    await emulator.fetch(new Request('http://localhost/'));
    expect(heard).toEqual([1, 1, 2, 2]);
  });

  test('a refused request has no prompt', async () => {
    expect((await recorded({ body: '{"prompt":5}' })).request.prompt).toBeNull();
  });

  test('what goes to the control plane is no exchange', async () => {
    const emulator = createEmulator();
    await emulator.fetch(new Request('http://localhost/__admin/health'));
    expect(emulator.journal.total).toBe(0);
  });

  test('a body over the limit is one, and the function never sees it', async () => {
    const exchange = await recorded(
      { body: `{"prompt":"${'x'.repeat(100)}"}` },
      { bodyMaxBytes: 50 },
    );
    expect(exchange.outcome).toMatchObject({ kind: 'reply', status: 413 });
    expect(exchange.request.prompt).toBeNull();
  });
});

describe('a clipped body', () => {
  const MAX = 64;
  const LIMITS = { journalBodyMaxBytes: MAX, answer: 'echo' as const };
  /** A character that was cut in two reads as U+FFFD. */
  const whole = (text: string) => text.replace(/\ufffd$/, '');

  test.each(['a', 'é', '€', '😀'])('of %s is counted in bytes', async (character) => {
    for (const length of [10, 20, 30, 40, 200, 1000]) {
      const body = JSON.stringify({ prompt: character.repeat(length) });
      const { request, ...exchange } = await recorded({ body }, LIMITS);
      const bytes = Buffer.byteLength(body);
      expect(request.body).toMatchObject({ bytes, clipped: bytes > MAX });
      expect(Buffer.byteLength(whole(request.body.text))).toBeLessThanOrEqual(MAX);
      expect(body).toContain(whole(request.body.text));
      expect(Buffer.byteLength(whole(request.prompt ?? ''))).toBeLessThanOrEqual(MAX);
      const answer = `{"prompt":"${character.repeat(length)} This is a completion by modal-emulator."}`;
      const replyBody = replyBodyOf({ request, ...exchange });
      expect(replyBody).toMatchObject({
        bytes: Buffer.byteLength(answer),
        clipped: Buffer.byteLength(answer) > MAX,
      });
      expect(Buffer.byteLength(whole(replyBody.text))).toBeLessThanOrEqual(MAX);
      expect(answer.startsWith(whole(replyBody.text))).toBe(true);
    }
  });

  test('of a stream knows the size of the whole', async () => {
    const events = Array.from({ length: 30 }, (_, number) => `data: ${number} é\n\n`);
    const options = { ...LIMITS, function: { handler: { kind: 'stream' as const, events } } };
    const sent = events.join('');
    const body = replyBodyOf(await recorded({}, options));
    expect(body).toMatchObject({ bytes: Buffer.byteLength(sent), clipped: true });
    expect(sent.startsWith(whole(body.text))).toBe(true);
  });

  test('at a limit of 0 keeps the sizes alone', async () => {
    const exchange = await recorded({ body: '{"prompt":"hi"}' }, { journalBodyMaxBytes: 0 });
    expect(exchange.request.body).toEqual({ text: '', bytes: 15, clipped: true });
    expect(replyBodyOf(exchange)).toEqual({ text: '', bytes: 24, clipped: true });
  });

  test('that is not UTF-8 reads as U+FFFD', async () => {
    const { request } = await recorded({ body: new Uint8Array([0xff, 0x41]) });
    expect(request.body).toEqual({ text: '\ufffdA', bytes: 2, clipped: false });
  });
});

describe('a secret', () => {
  const SECRET = 'sk-very-secret-4711';
  const item = { function: { body: 'dict' as const } };
  const crowded = `{"prompt":"hi","api_key":"${SECRET}"}`;
  const cases: [string, Parameters<typeof recorded>[0], EmulatorInput][] = [
    ['in a header', { headers: { Authorization: `Bearer ${SECRET}`, 'Modal-Key': SECRET } }, {}],
    ['in the query', { target: `/?token=${SECRET}` }, {}],
    ['in the query of a page that does not exist', { target: `/x?api_key=${SECRET}` }, {}],
    ['beside the prompt', { body: crowded }, {}],
    ['in a dict', { body: crowded }, item],
    ['in a body of another type', { body: crowded, headers: { 'content-type': 'text/plain' } }, {}],
    ['in a body without a prompt', { body: `{"api_key":"${SECRET}"}` }, {}],
    [
      'in a body with a prompt of another type',
      { body: `{"prompt":1,"accessToken":"${SECRET}"}` },
      {},
    ],
    ['in a body that is cut off', { body: crowded.slice(0, -3) }, {}],
    ['in a body that the journal cuts off', { body: crowded }, { journalBodyMaxBytes: 40 }],
    ['in UTF-16', { body: new Uint8Array(Buffer.from(crowded, 'utf16le')) }, {}],
    [
      'in a header of the answer',
      {},
      {
        function: {
          handler: { kind: 'http-exception', status: 401, headers: { 'Set-Cookie': SECRET } },
        },
      },
    ],
  ];
  test.each(cases)('%s is never in the journal', async (_name, request, options) => {
    for (const stack of ['fastapi-0.143', 'fastapi-0.92'] as const) {
      const written = JSON.stringify(await recorded(request, { stack, ...options }));
      // UTF-16 leaves a zero between the letters.
      expect(written.replaceAll('\\u0000', '')).not.toContain(SECRET.slice(0, 8));
    }
  });

  test('that nobody called one is: the search finds what is there', async () => {
    const body = `{"prompt":"${SECRET}"}`;
    expect(JSON.stringify(await recorded({ body }))).toContain(SECRET);
  });
});
