import { describe, expect, test } from 'vitest';
import { createEmulator, createVirtualClock } from '../src/emulator/index.ts';
import { CHECKS } from '../src/verify/checks/checks.ts';
import { type CheckResult, verdictOf } from '../src/verify/index.ts';
import { emulatorTransport } from './verify/emulator-transport.ts';
import { scripted, timeOut } from './verify/scripted-transport.ts';
import { resultOf, verifyWith, wrongOf } from './verify/verify-with.ts';

const good = emulatorTransport(createEmulator({ answer: 'echo' }));

const pactResult: CheckResult = {
  id: 'pact: someone: a prompt',
  group: 'pact',
  title: 'A prompt.',
  status: 'passed',
  problem: null,
  reason: null,
  consequence: null,
  hint: null,
  curl: null,
  durationMs: 3,
};

describe('the budget', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('of %i requests is kept', async (requestsMax) => {
    const { sent, transport } = scripted(({ request, limits }) => good(request, limits));
    const report = await verifyWith(transport, { requestsMax });
    expect(sent).toHaveLength(requestsMax);
    expect(report.requests).toEqual({ sent: requestsMax, max: requestsMax });
    expect(report.verdict).toBe('passed');
    const unsent = report.results.filter(({ problem }) => problem === 'budget');
    expect(unsent).toHaveLength(8 - requestsMax);
    for (const one of unsent) {
      expect(one).toMatchObject({
        status: 'skipped',
        reason: `The budget of ${requestsMax} requests is spent; these checks take 8.`,
        hint: 'Give --max-requests 8 or more.',
        durationMs: null,
      });
    }
  });

  test('is handed on to the pacts', async () => {
    const told: number[] = [];
    const found: string[] = [];
    const report = await verifyWith(good, {
      requestsMax: 10,
      onResult: ({ id }) => found.push(id),
      verifyPacts: async (requestsLeft) => {
        told.push(requestsLeft);
        return { results: [pactResult], sent: 2 };
      },
    });
    expect(told).toEqual([2]);
    expect(report.results.at(-1)).toEqual(pactResult);
    expect(found.at(-1)).toBe(pactResult.id);
    expect(report.requests).toEqual({ sent: 10, max: 10 });
  });
});

describe('silence', () => {
  test('ends the run after two requests in a row', async () => {
    const clock = createVirtualClock();
    const { sent, transport } = scripted((one) =>
      one.index < 2 ? good(one.request, one.limits) : timeOut(clock, one),
    );
    let pacts = 0;
    const report = await verifyWith(transport, {
      clock,
      timeoutMs: 1000,
      verifyPacts: async () => {
        pacts += 1;
        return { results: [], sent: 0 };
      },
    });
    expect(sent).toHaveLength(4);
    expect(report.durationMs).toBe(2000);
    expect(wrongOf(report)).toEqual([
      'empty-prompt: answer-timeout',
      'non-ascii-prompt: answer-timeout',
    ]);
    expect(resultOf(report, 'long-prompt')).toMatchObject({
      status: 'skipped',
      problem: 'unresponsive',
      reason: 'The last 2 requests were not answered.',
    });
    expect(resultOf(report, 'langchain').status).toBe('passed');
    expect(resultOf(report, 'pacts')).toMatchObject({ status: 'skipped', problem: 'unresponsive' });
    expect(pacts).toBe(0);
    expect(report.verdict).toBe('inconclusive');
  });

  test('now and then does not', async () => {
    const clock = createVirtualClock();
    const { sent, transport } = scripted((one) =>
      one.index % 2 === 0 ? good(one.request, one.limits) : timeOut(clock, one),
    );
    await verifyWith(transport, { clock, timeoutMs: 1000 });
    expect(sent).toHaveLength(8);
  });

  test('of the first request leaves the pacts out', async () => {
    const clock = createVirtualClock();
    const { transport } = scripted((one) => timeOut(clock, one));
    const report = await verifyWith(transport, {
      clock,
      verifyPacts: () => Promise.reject(new Error('must not be called')),
    });
    expect(resultOf(report, 'pacts')).toMatchObject({
      status: 'skipped',
      problem: 'earlier-failure',
      reason: 'The endpoint was not reached.',
    });
    expect(report.results).toHaveLength(CHECKS.length + 2);
  });
});

describe('a verdict', () => {
  const of = (group: CheckResult['group'], ...statuses: CheckResult['status'][]) =>
    statuses.map((status): CheckResult => ({ ...pactResult, group, status }));

  test.each([
    ['nothing', [], 'inconclusive'],
    ['only the reach', of('reach', 'passed'), 'inconclusive'],
    ['everything skipped', of('contract', 'skipped', 'skipped'), 'inconclusive'],
    ['one that passed', of('contract', 'skipped', 'passed'), 'passed'],
    ['a pact that passed', of('pact', 'passed'), 'passed'],
    ['one that is unknown', of('contract', 'passed', 'inconclusive'), 'inconclusive'],
    ['one that failed', of('contract', 'inconclusive', 'failed', 'passed'), 'failed'],
    ['a reach that failed', of('reach', 'failed'), 'failed'],
  ] as const)('over %s', (_name, results, verdict) => {
    expect(verdictOf(results)).toBe(verdict);
  });
});
