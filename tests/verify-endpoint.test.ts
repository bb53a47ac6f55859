import { describe, expect, test } from 'vitest';
import { createEmulator, createVirtualClock, STACK_NAMES } from '../src/emulator/index.ts';
import { CHECKS } from '../src/verify/checks/checks.ts';
import type { ProbeRequest, Transport } from '../src/verify/index.ts';
import { DEFINITIONS } from './verify/definitions.ts';
import { emulatorTransport } from './verify/emulator-transport.ts';
import { resultOf, URL_OF_TEST, verifyWith, wrongOf } from './verify/verify-with.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => `seed ${index}`);

/** Keeps what is sent. */
function recording(transport: Transport): { sent: ProbeRequest[]; transport: Transport } {
  const sent: ProbeRequest[] = [];
  return {
    sent,
    transport: (request, limits) => {
      sent.push(request);
      return transport(request, limits);
    },
  };
}

const good = () => emulatorTransport(createEmulator({ answer: 'echo' }));

const textOf = ({ body }: ProbeRequest) => new TextDecoder().decode(body ?? new Uint8Array());

describe.each(STACK_NAMES)('no false alarm on %s', (stack) => {
  test.each(Object.entries(DEFINITIONS))('%s', async (_name, definition) => {
    const emulator = createEmulator({ stack, function: definition, answer: 'echo' });
    const transport = emulatorTransport(emulator);
    for (const seed of SEEDS) {
      const report = await verifyWith(transport, { function: definition, seed });
      expect(wrongOf(report), seed).toEqual([]);
      expect(report.verdict).toBe('passed');
      expect(report.requests.sent).toBeLessThanOrEqual(11);
    }
  });
});

test('without the echo, a fixed answer passes', async () => {
  for (const stack of STACK_NAMES) {
    const transport = emulatorTransport(createEmulator({ stack }));
    const report = await verifyWith(transport, { needsEcho: false });
    expect(report.verdict).toBe('passed');
    for (const id of ['echo', 'langchain']) {
      expect(resultOf(report, id)).toMatchObject({
        status: 'skipped',
        problem: 'not-asked',
        reason: 'The echo was not asked for.',
      });
    }
    expect(resultOf(report, 'shape').status).toBe('passed');
  }
});

test('with it, the very same answer fails', async () => {
  const report = await verifyWith(emulatorTransport(createEmulator()));
  expect(report.verdict).toBe('failed');
  expect(wrongOf(report)).toEqual(['echo: echo-missing', 'langchain: langchain-raises']);
  expect(resultOf(report, 'echo')).toMatchObject({
    consequence:
      "LangChain's Modal class raises UnboundLocalError: cannot access local variable " +
      "'response_json' where it is not associated with a value.",
    hint: 'Answer with the prompt in it, word for word, or verify without it: --no-echo.',
  });
});

describe('a report', () => {
  test('has a result for reach and every check, in the order of the table', async () => {
    const found: string[] = [];
    const report = await verifyWith(good(), { onResult: ({ id }) => found.push(id) });
    expect(report.results.map(({ id }) => id)).toEqual(['reach', ...CHECKS.map(({ id }) => id)]);
    expect(found).toEqual(report.results.map(({ id }) => id));
    expect(new Set(found).size).toBe(found.length);
  });

  test('says what cannot be checked, and why', async () => {
    const item = createEmulator({ function: { body: 'dict' }, answer: 'echo' });
    const report = await verifyWith(emulatorTransport(item), { function: { body: 'dict' } });
    for (const id of ['missing-prompt', 'wrong-prompt', 'wrong-parameter']) {
      expect(resultOf(report, id)).toMatchObject({
        status: 'skipped',
        problem: 'not-applicable',
        reason: 'The function takes any JSON object, and checks nothing in it.',
      });
    }
  });

  test("says why LangChain's class is left out", async () => {
    const definition = DEFINITIONS.question ?? {};
    const emulator = createEmulator({ function: definition, answer: 'echo' });
    const report = await verifyWith(emulatorTransport(emulator), { function: definition });
    expect(resultOf(report, 'echo').status).toBe('passed');
    expect(resultOf(report, 'langchain')).toMatchObject({
      status: 'skipped',
      problem: 'not-applicable',
      reason: expect.stringContaining('this endpoint is GET with "question", and answers "answer"'),
    });
  });

  test('tells the first answer from the later ones', async () => {
    const clock = createVirtualClock(Date.UTC(2026, 0, 2));
    const inner = good();
    let count = 0;
    const transport: Transport = async (request, limits) => {
      count += 1;
      await clock.advance(count === 1 ? 40_000 : count * 10);
      return inner(request, limits);
    };
    const report = await verifyWith(transport, { clock });
    expect(report.startedAt).toBe('2026-01-02T00:00:00.000Z');
    expect(report.latency).toEqual({ firstAnswerMs: 40_000, laterMedianMs: 50, laterMaxMs: 80 });
    expect(resultOf(report, 'reach').durationMs).toBe(40_000);
    expect(resultOf(report, 'extra-keys').durationMs).toBe(20);
    expect(resultOf(report, 'echo').durationMs).toBeNull();
    expect(report.durationMs).toBe(40_000 + 20 + 30 + 40 + 50 + 60 + 70 + 80);
  });
});

describe('the requests', () => {
  test('are the same for the same seed, reports too', async () => {
    const [one, other] = [recording(good()), recording(good())];
    const report = await verifyWith(one.transport);
    expect(await verifyWith(other.transport)).toEqual(report);
    expect(other.sent).toEqual(one.sent);
  });

  test('are others for every seed', async () => {
    const bodies: string[] = [];
    for (const seed of SEEDS) {
      const { sent, transport } = recording(good());
      await verifyWith(transport, { seed });
      bodies.push(
        ...sent.map(textOf).filter((body) => body.includes('"prompt":"') && body.length > 20),
      );
    }
    expect(bodies.length).toBe(SEEDS.length * 4);
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  test('begin with the ordinary prompt, and go to the URL as it is', async () => {
    const { sent, transport } = recording(good());
    const url = `${URL_OF_TEST}some%20path?a=1&b`;
    await verifyWith(transport, { url, headers: [['X-Test', 'yes']] });
    const [first, last] = [sent[0], sent.at(-1)];
    expect(first).toMatchObject({ method: 'POST', url });
    expect(first?.headers).toEqual([
      ['User-Agent', expect.stringMatching(/^modal-emulator\/\S+ verify$/)],
      ['Accept-Encoding', 'gzip, deflate'],
      ['Accept', '*/*'],
      ['X-Test', 'yes'],
      ['Content-Type', 'application/json'],
    ]);
    expect(last).toMatchObject({ method: 'GET', body: null });
    expect(last?.url).toMatch(/\/some%20path\?a=1&b&prompt=q[0-9a-z]{10}$/);
    expect(last?.headers.map(([name]) => name)).not.toContain('Content-Type');
  });

  test("are written with JSON's escapes and as UTF-8, since clients do both", async () => {
    const { sent, transport } = recording(good());
    await verifyWith(transport);
    const isAscii = (request: ProbeRequest) => !/[^\x20-\x7e]/.test(textOf(request));
    const nonAscii = sent.filter((request) => !isAscii(request));
    expect(nonAscii.map((request) => textOf(request).includes('Grüße'))).toEqual([true]);
    expect(sent.some((request) => textOf(request).includes('\\u00e4'))).toBe(true);
  });

  test("give way to the user's headers", async () => {
    const { sent, transport } = recording(good());
    await verifyWith(transport, { headers: [['accept', 'application/json']] });
    const names = sent[0]?.headers.map(([name]) => name.toLowerCase()) ?? [];
    expect(names.filter((name) => name === 'accept')).toHaveLength(1);
  });
});

test.each([
  ['stream', { handler: { kind: 'stream' } }],
  ['http-exception', { handler: { kind: 'http-exception', status: 503 } }],
  ['crash', { handler: { kind: 'crash' } }],
] as const)('a definition with the handler %s is refused', async (kind, definition) => {
  await expect(verifyWith(good(), { function: definition })).rejects.toMatchObject({
    code: 'not-verifiable',
    message: expect.stringContaining(`its handler is "${kind}"`),
  });
});

test('a prompt that is no text is refused', async () => {
  const definition = { body: { fields: { prompt: 'int' } } };
  await expect(verifyWith(good(), { function: definition })).rejects.toMatchObject({
    code: 'no-prompt',
    message: expect.stringContaining('"prompt" takes no text'),
  });
});
