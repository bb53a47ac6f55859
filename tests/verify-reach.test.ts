import { describe, expect, test } from 'vitest';
import { EDGE_FAILURES } from '../src/contract/edge-failures.ts';
import { createEmulator, createVirtualClock } from '../src/emulator/index.ts';
import type { ProbeAnswer } from '../src/verify/index.ts';
import { TRANSPORT_PROBLEMS } from '../src/verify/problems/transport-problems.ts';
import { PROBLEMS, type ProblemCode } from '../src/verify/problems.ts';
import { answer, emulatorTransport } from './verify/emulator-transport.ts';
import { failure, scripted, timeOut } from './verify/scripted-transport.ts';
import { resultOf, URL_OF_TEST, verifyWith, wrongOf } from './verify/verify-with.ts';

const good = emulatorTransport(createEmulator({ answer: 'echo' }));
const LIMITS = { connectTimeoutMs: 1, timeoutMs: 1, headMaxBytes: 1, bodyMaxBytes: 1 };

const TEXT: ProbeAnswer['headers'] = [['content-type', 'text/plain; charset=utf-8']];
const edge = (status: number, text: string) => answer(status, `modal-http: ${text}\n`, TEXT);
const redirect = (status: number, location: string | null) =>
  answer(status, '', location === null ? [] : [['Location', location]]);

describe('no whole answer', () => {
  // Sound: the table is written out, and its keys are these codes.
  const codes = Object.keys(TRANSPORT_PROBLEMS) as (keyof typeof TRANSPORT_PROBLEMS)[];

  test.each(codes)('%s is one result, and nothing else is sent', async (code) => {
    const { sent, transport } = scripted(() => failure(code, 'What happened was this.'));
    const report = await verifyWith(transport);
    const { status, hint, consequence } = PROBLEMS[code];
    expect(sent).toHaveLength(1);
    expect(wrongOf(report)).toEqual([`reach: ${code}`]);
    expect(report.verdict).toBe(status);
    expect(resultOf(report, 'reach')).toMatchObject({
      group: 'reach',
      reason: 'What happened was this.',
      hint,
      consequence,
    });
    expect(resultOf(report, 'echo')).toMatchObject({
      status: 'skipped',
      problem: 'earlier-failure',
      reason: `There is no answer to judge (${code}).`,
    });
    expect(report.latency.firstAnswerMs).toBeNull();
  });

  test('the network does not say that the endpoint is bad; what the endpoint broke does', () => {
    const failed = codes.filter((code) => TRANSPORT_PROBLEMS[code].status === 'failed');
    expect(codes.filter((code) => !failed.includes(code))).toEqual([
      'dns',
      'refused',
      'unreachable',
      'connect-timeout',
      'tls',
      'answer-timeout',
      'speaks-tls',
    ]);
  });

  test('the hint of the transport comes first', async () => {
    const { transport } = scripted(() => {
      const timings = { connectedMs: null, firstByteMs: null, endedMs: 1 };
      const partial = null;
      return { kind: 'failure', code: 'tls', detail: 'Bad.', hint: 'Renew it.', partial, timings };
    });
    expect(resultOf(await verifyWith(transport), 'reach').hint).toBe('Renew it.');
  });
});

describe('an answer from before the function', () => {
  const CASES: readonly (readonly [ProblemCode, ProbeAnswer])[] = [
    ...EDGE_FAILURES.map(({ name, status, text }) => [name, edge(status, `${text} ...`)] as const),
    ['edge-failure', edge(418, 'something new')],
    ['proxy-auth-missing', answer(407)],
    ['unauthorized', answer(401, '{"detail":"Not authenticated"}')],
    ['unauthorized', answer(403, '{"detail":"Forbidden"}')],
    ['rate-limited', answer(429, 'slow down', [['Retry-After', '3']])],
    ['redirect-elsewhere', redirect(301, '/other')],
    ['redirect-elsewhere', redirect(302, 'https://www.example.com/')],
    ['redirect-elsewhere', redirect(307, '/docs')],
    ['redirect-loop', redirect(307, '/')],
    ['redirect-loop', redirect(308, 'https://someone--app-web.modal.run/')],
    ['redirect-elsewhere', redirect(303, 'https://www.example.com/')],
    ['redirect-elsewhere', redirect(303, 'http://someone--app-web.modal.run/')],
    ['redirect-elsewhere', redirect(303, 'https://me:secret@someone--app-web.modal.run/')],
    ['redirect-without-location', redirect(303, null)],
    ['redirect-without-location', redirect(307, '')],
    ['redirect-without-location', redirect(303, 'http://[')],
  ];

  test.each(CASES)('%s', async (code, first) => {
    const { sent, transport } = scripted(() => first);
    const report = await verifyWith(transport);
    expect(wrongOf(report)).toEqual([`reach: ${code}`]);
    expect(report.verdict).toBe(PROBLEMS[code].status);
    expect(sent).toHaveLength(1);
  });

  test('with a token, 407 says that it is wrong', async () => {
    const headers = [['Modal-Key', 'wk-0000']] as const;
    const report = await verifyWith(scripted(() => answer(407)).transport, { headers });
    expect(wrongOf(report)).toEqual(['reach: proxy-auth-invalid']);
  });

  test('quotes what was seen, without what a URL hides', async () => {
    const away = redirect(302, 'https://www.example.com/login?next=abc&token=hidden\u001b[31m');
    const { reason } = resultOf(await verifyWith(scripted(() => away).transport), 'reach');
    expect(reason).toBe(
      'The answer is a redirect (302) to "https://www.example.com/login?next=***&token=***", ' +
        'which is not followed.',
    );
  });
});

describe('a 303 to the same origin', () => {
  const TOKEN = '?__modal_attempt_token=eyJ';

  test('is followed with GET, and its answer judged', async () => {
    const slow = scripted(async ({ request, limits, index }) => {
      if (index === 0) return redirect(303, TOKEN);
      if (index === 1) return redirect(303, `${URL_OF_TEST}${TOKEN}2#fragment`);
      const original = index === 2 ? (slow.sent[0] ?? request) : request;
      return good(original, limits);
    });
    const headers = [['Modal-Key', 'wk-0000']] as const;
    const report = await verifyWith(slow.transport, { headers });
    expect(report.verdict).toBe('passed');
    expect(report.requests.sent).toBe(10);
    const [first, second, third] = slow.sent;
    expect(second).toEqual({
      method: 'GET',
      url: `${URL_OF_TEST}${TOKEN}`,
      headers: first?.headers.filter(([name]) => name !== 'Content-Type'),
      body: null,
    });
    expect(third?.url).toBe(`${URL_OF_TEST}${TOKEN}2`);
    expect(third?.headers).toContainEqual(['Modal-Key', 'wk-0000']);
  });

  test('may refuse the GET', async () => {
    for (const refusal of [answer(405), answer(404), edge(400, 'bad redirect method')]) {
      const { transport } = scripted(({ index }) => (index === 0 ? redirect(303, '/r') : refusal));
      const report = await verifyWith(transport);
      expect(wrongOf(report)).toEqual(['reach: redirect-get-refused']);
      expect(report.verdict).toBe('failed');
    }
  });

  test('may go on until the time is over', async () => {
    const clock = createVirtualClock();
    const { limits, transport } = scripted(async (one) => {
      if (one.limits.timeoutMs < 150_000) return timeOut(clock, one);
      await clock.advance(150_000);
      return redirect(303, TOKEN);
    });
    const report = await verifyWith(transport, { clock, timeoutMs: 400_000 });
    expect(wrongOf(report)).toEqual(['reach: still-working']);
    expect(resultOf(report, 'reach').reason).toBe(
      'After 2 redirects (303) and 6 min 40 s there was no answer.',
    );
    expect(limits.map(({ timeoutMs }) => timeoutMs)).toEqual([400_000, 250_000, 100_000]);
    expect(report.durationMs).toBe(400_000);
  });

  test('may end exactly with the time', async () => {
    const clock = createVirtualClock();
    const { sent, transport } = scripted(async () => {
      await clock.advance(150_000);
      return redirect(303, TOKEN);
    });
    const report = await verifyWith(transport, { clock, timeoutMs: 150_000 });
    expect(wrongOf(report)).toEqual(['reach: still-working']);
    expect(sent).toHaveLength(1);
  });

  test('may go on for ever', async () => {
    const { sent, transport } = scripted(() => redirect(303, '/'));
    const report = await verifyWith(transport, { requestsMax: 1000 });
    expect(wrongOf(report)).toEqual(['reach: redirect-loop']);
    expect(sent).toHaveLength(11);
  });

  test('takes of the budget', async () => {
    const { sent, transport } = scripted(() => redirect(303, '/'));
    const report = await verifyWith(transport, { requestsMax: 3 });
    expect(sent).toHaveLength(3);
    expect(resultOf(report, 'reach')).toMatchObject({ status: 'skipped', problem: 'budget' });
    expect(report.verdict).toBe('inconclusive');
  });
});

test('what stands before the function may come later, too', async () => {
  const { transport } = scripted(({ request, limits, index }) =>
    index === 3
      ? edge(429, 'Webhook failed: workspace billing cycle spend limit reached')
      : good(request, limits),
  );
  const report = await verifyWith(transport);
  expect(wrongOf(report)).toEqual(['non-ascii-prompt: spend-limit']);
  expect(report.verdict).toBe('inconclusive');
});

test('the transport is told its limits', async () => {
  const { limits, transport } = scripted(({ request }) => good(request, LIMITS));
  await verifyWith(transport, { timeoutMs: 4000 });
  expect(limits[0]).toEqual({
    connectTimeoutMs: 4000,
    timeoutMs: 4000,
    headMaxBytes: 65_536,
    bodyMaxBytes: 8_388_608,
  });
  const other = scripted(({ request }) => good(request, LIMITS));
  await verifyWith(other.transport, { timeoutMs: 60_000 });
  expect(other.limits[0]?.connectTimeoutMs).toBe(10_000);
});
