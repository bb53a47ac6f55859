import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../src/verify/report.ts';
import { countResults, formatCounts } from '../src/verify/reports/counts.ts';
import { formatDuration } from '../src/verify/reports/duration.ts';
import { formatGithubAnnotations, formatGithubSummary } from '../src/verify/reports/github.ts';
import { formatJsonReport } from '../src/verify/reports/json.ts';
import { formatJunitReport } from '../src/verify/reports/junit.ts';
import { readXml, type XmlElement } from './verify-cli/read-xml.ts';
import { RESULTS, report, result } from './verify-cli/reports.ts';

/** Whatever an endpoint may answer, control characters and lone surrogates included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      ...['\u0000', '\u001b', '\ud800', '\udc00', '\uffff', '\r', '\n', '\t'],
      ...['<', '>', '&', '"', "'", ']]>', '|', '`', '%', ':', ',', '::', '##['],
    ),
  }),
);

const anyResult: fc.Arbitrary<CheckResult> = fc.record({
  id: anyText,
  group: fc.constantFrom('reach', 'contract', 'pact'),
  title: anyText,
  status: fc.constantFrom('passed', 'failed', 'inconclusive', 'skipped'),
  problem: fc.option(anyText),
  reason: fc.option(anyText),
  consequence: fc.option(anyText),
  hint: fc.option(anyText),
  curl: fc.option(anyText),
  durationMs: fc.option(fc.double({ min: 0, max: 1e7, noNaN: true })),
});

const anyReport = fc.array(anyResult, { maxLength: 6 }).map((results) => report(results));

const children = (element: XmlElement, name: string) =>
  element.children.filter((child) => child.name === name);

describe('JUnit', () => {
  const root = readXml(formatJunitReport(report()));
  const cases = root.children.flatMap((suite) => children(suite, 'testcase'));
  const caseOf = (name: string) => cases.find(({ attributes }) => attributes.name === name);

  test('has a suite for each group, with its counts', () => {
    expect(root.name).toBe('testsuites');
    expect(root.attributes).toEqual({
      name: 'modal-emulator verify https://x.modal.run/?token=***',
      ...{ tests: '5', failures: '1', errors: '1', skipped: '1', time: '1.235' },
    });
    expect(root.children.map(({ name, attributes }) => ({ name, ...attributes }))).toEqual(
      [
        ['reach', '1', '0', '0', '0', '0.012'],
        ['contract', '3', '1', '1', '0', '0.025'],
        ['pact', '1', '0', '0', '1', '0.000'],
      ].map(([group, tests, failures, errors, skipped, time]) => ({
        ...{ name: group, tests, failures, errors, skipped, time },
        timestamp: '2026-01-02T03:04:05',
      })),
    );
  });

  test('keeps failures, errors and what was skipped apart', () => {
    expect(caseOf('status')?.children).toEqual([]);
    expect(caseOf('status')?.attributes).toEqual({
      classname: 'modal-emulator.verify.contract',
      name: 'status',
      time: '0.012',
    });
    const [failure] = caseOf('echo')?.children ?? [];
    expect(failure?.name).toBe('failure');
    expect(failure?.attributes).toEqual({
      message: 'The answer "hello world" does not contain the prompt.',
      type: 'echo-missing',
    });
    expect(failure?.text).toContain(`curl -i 'http://x/' -d '{"prompt":"a"}'`);
    expect(caseOf('method-not-allowed')?.children[0]).toMatchObject({
      name: 'error',
      attributes: { message: 'It answered 500.', type: 'server-error' },
    });
    expect(caseOf('pact: a: b')?.children[0]).toMatchObject({
      name: 'skipped',
      attributes: { message: 'The budget of 20 requests is spent.' },
    });
  });

  test('says what would repeat it', () => {
    const properties = root.children[0]?.children[0]?.children.map(({ attributes }) => attributes);
    expect(properties).toContainEqual({ name: 'seed', value: '42' });
    expect(properties).toContainEqual({ name: 'requests.sent', value: '9' });
  });

  test('is XML whatever an endpoint answers, and loses nothing that XML can say', () => {
    fc.assert(
      fc.property(anyReport, (one) => {
        const read = readXml(formatJunitReport(one));
        const names = read.children.flatMap((suite) =>
          children(suite, 'testcase').map(({ attributes }) => attributes.name ?? ''),
        );
        const clean =
          /^[\t\n\r\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
        for (const { id } of one.results.filter(({ id }) => clean.test(id))) {
          expect(names).toContain(id);
        }
        expect(names).toHaveLength(one.results.length);
      }),
    );
  });

  test('the reader of these tests refuses what is no XML', () => {
    const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
    for (const text of [
      '<a>&</a>',
      '<a b="<"/>',
      '<a></b>',
      '<a>\u0001</a>',
      '<a/><a/>',
      '<a b="1" b="2"/>',
    ]) {
      expect(() => readXml(head + text), text).toThrow();
    }
  });
});

describe('JSON', () => {
  test('has every key, and no others', () => {
    expect(JSON.parse(formatJsonReport(report(RESULTS.slice(2, 3))))).toEqual({
      schemaVersion: 1,
      tool: { name: 'modal-emulator', version: '1.2.3' },
      url: 'https://x.modal.run/?token=***',
      startedAt: '2026-01-02T03:04:05.678Z',
      durationMs: 1234.568,
      seed: '42',
      verdict: 'failed',
      counts: { total: 1, passed: 0, failed: 1, inconclusive: 0, skipped: 0 },
      requests: { sent: 9, max: 20 },
      latency: { firstAnswerMs: 31_000, laterMedianMs: 20.5, laterMaxMs: 40 },
      results: [{ ...RESULTS[2], durationMs: 12.346 }],
    });
  });

  test('shows nothing that is not promised', () => {
    const secretive = { ...result(), request: 'Authorization: s3cret' };
    expect(formatJsonReport(report([secretive]))).not.toContain('s3cret');
  });

  test('has null for what does not apply', () => {
    const latency = { firstAnswerMs: null, laterMedianMs: null, laterMaxMs: null };
    const read = JSON.parse(formatJsonReport(report([], { latency })));
    expect(read.latency).toEqual(latency);
  });
});

describe('GitHub', () => {
  test('annotations are errors and warnings, a line each', () => {
    expect(formatGithubAnnotations(report())).toEqual([
      '::error title=modal-emulator verify%3A echo::The answer "hello world" does not contain the ' +
        "prompt.%0ALangChain's Modal class raises UnboundLocalError.%0AReturn the prompt, then the " +
        'completion.',
      '::warning title=modal-emulator verify%3A method-not-allowed::It answered 500.',
    ]);
  });

  test('annotations are as many as GitHub shows', () => {
    const many = Array.from({ length: 30 }, (_, index) =>
      result({ id: `c${index}`, status: 'failed', reason: 'x'.repeat(5000) }),
    );
    const lines = formatGithubAnnotations(report(many));
    expect(lines).toHaveLength(10);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(1000);
  });

  test('annotations stay commands of one line', () => {
    fc.assert(
      fc.property(anyReport, (one) => {
        for (const line of formatGithubAnnotations(one)) {
          expect(line).toMatch(/^::(?:error|warning) title=[^:,\r\n]*::[^\r\n]*$/);
        }
      }),
    );
  });

  test('the summary is a table', () => {
    const lines = formatGithubSummary(report()).split('\n');
    expect(lines.slice(0, 6)).toEqual([
      '### modal-emulator verify: failed',
      '',
      expect.stringContaining('x.modal.run'),
      '',
      '| | check | time | |',
      '| --- | --- | --- | --- |',
    ]);
    expect(lines[8]).toMatch(
      /^\| :x: failed \| echo<br>The answer repeats the prompt\. \| 12 ms \| /,
    );
    expect(lines.at(-3)).toMatch(
      /^5 checks: 2 passed, 1 failed, 1 inconclusive, 1 skipped\. 9 of 20/,
    );
  });

  test('a table stays one, whatever stands in it', () => {
    fc.assert(
      fc.property(anyReport, (one) => {
        const lines = formatGithubSummary(one).split('\n');
        const rows = lines.slice(6, 6 + one.results.length);
        for (const row of rows) {
          // Four cells between five bars; no HTML but our own.
          expect(row.split('|')).toHaveLength(6);
          expect(row.replaceAll('<br>', '')).not.toMatch(/[<>`]/);
        }
        expect(lines).toHaveLength(6 + one.results.length + 4);
      }),
    );
  });

  test('a summary is bounded', () => {
    const many = Array.from({ length: 1000 }, () =>
      result({ status: 'failed', reason: '|'.repeat(5000), hint: '|'.repeat(5000) }),
    );
    const text = formatGithubSummary(report(many));
    expect(text.length).toBeLessThan(1024 * 1024);
    expect(text).toMatch(/^\| \| … and \d+ more \| \| \|$/m);
  });
});

test('counts leave out what there is none of', () => {
  expect(formatCounts(countResults([result()]))).toBe('1 check: 1 passed');
  expect(formatCounts(countResults([]))).toBe('0 checks: 0 passed');
});

test.each([
  [0.04, '0 ms'],
  [3.14, '3.1 ms'],
  [999, '999 ms'],
  [999.9, '1 s'],
  [1234, '1.2 s'],
  [59_960, '1 min'],
  [150_000, '2 min 30 s'],
  [300_000, '5 min'],
])('%d is %s', (durationMs, text) => {
  expect(formatDuration(durationMs)).toBe(text);
});
