import type { CheckResult, Report } from '../../src/verify/report.ts';

/** A result that passed, but for what is said otherwise. */
export function result(over: Partial<CheckResult> = {}): CheckResult {
  return {
    id: 'status',
    group: 'contract',
    title: 'The answer has the status 200.',
    status: 'passed',
    problem: null,
    reason: null,
    consequence: null,
    hint: null,
    curl: null,
    durationMs: 12.3456,
    ...over,
  };
}

/** One result for each status. */
export const RESULTS: readonly CheckResult[] = [
  result({ id: 'reach', group: 'reach', title: 'The endpoint answers.' }),
  result(),
  result({
    id: 'echo',
    title: 'The answer repeats the prompt.',
    status: 'failed',
    problem: 'echo-missing',
    reason: 'The answer "hello world" does not contain the prompt.',
    consequence: "LangChain's Modal class raises UnboundLocalError.",
    hint: 'Return the prompt, then the completion.',
    curl: `curl -i 'http://x/' -d '{"prompt":"a"}'`,
  }),
  result({
    id: 'method-not-allowed',
    title: 'Another method is refused.',
    status: 'inconclusive',
    problem: 'server-error',
    reason: 'It answered 500.',
    durationMs: null,
  }),
  result({
    id: 'pact: a: b',
    group: 'pact',
    title: 'An interaction is kept.',
    status: 'skipped',
    problem: 'budget-spent',
    reason: 'The budget of 20 requests is spent.',
    hint: 'Give more: --max-requests.',
    durationMs: null,
  }),
];

/** A report over results. */
export function report(
  results: readonly CheckResult[] = RESULTS,
  over: Partial<Report> = {},
): Report {
  return {
    tool: { name: 'modal-emulator', version: '1.2.3' },
    url: 'https://x.modal.run/?token=***',
    startedAt: '2026-01-02T03:04:05.678Z',
    durationMs: 1234.5678,
    seed: '42',
    verdict: 'failed',
    results,
    requests: { sent: 9, max: 20 },
    latency: { firstAnswerMs: 31_000, laterMedianMs: 20.5, laterMaxMs: 40 },
    ...over,
  };
}
