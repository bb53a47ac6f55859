import type { CheckResult, Report } from '../report.ts';
import { type Counts, countResults } from './counts.ts';
import { xmlAttribute as attribute, escapeXml } from './xml.ts';

const GROUPS: readonly CheckResult['group'][] = ['reach', 'contract', 'pact'];

/**
 * The report as JUnit XML: a test suite for each group of checks. What breaks the contract is a
 * failure; what could not be judged is an error, so that no reader takes it for a pass.
 */
export function formatJunitReport(report: Report): string {
  const suites = GROUPS.map((group) => ({
    group,
    results: report.results.filter((result) => result.group === group),
  })).filter(({ results }) => results.length > 0);
  const name = attribute('name', `${report.tool.name} verify ${report.url}`);
  const total = numbers(countResults(report.results), report.durationMs);
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${name} ${total}>`,
    ...suites.map(({ group, results }) => suiteText(report, group, results)),
    '</testsuites>',
    '',
  ];
  return lines.join('\n');
}

function suiteText(
  report: Report,
  group: CheckResult['group'],
  results: readonly CheckResult[],
): string {
  const durationMs = results.reduce((sum, result) => sum + (result.durationMs ?? 0), 0);
  const attributes = [
    attribute('name', group),
    numbers(countResults(results), durationMs),
    // Without a zone: some readers take nothing else. It is UTC.
    attribute('timestamp', report.startedAt.slice(0, 19)),
  ];
  const properties = [
    ['url', report.url],
    ['seed', report.seed],
    ['version', report.tool.version],
    ['requests.sent', String(report.requests.sent)],
    ['requests.max', String(report.requests.max)],
  ] as const;
  return [
    `  <testsuite ${attributes.join(' ')}>`,
    '    <properties>',
    ...properties.map(
      ([name, value]) =>
        `      <property ${attribute('name', name)} ${attribute('value', value)}/>`,
    ),
    '    </properties>',
    ...results.map(caseText),
    '  </testsuite>',
  ].join('\n');
}

function caseText(result: CheckResult): string {
  const head = [
    attribute('classname', `modal-emulator.verify.${result.group}`),
    attribute('name', result.id),
    attribute('time', seconds(result.durationMs ?? 0)),
  ].join(' ');
  const outcome = outcomeText(result);
  if (outcome === null) return `    <testcase ${head}/>`;
  return `    <testcase ${head}>\n      ${outcome}\n    </testcase>`;
}

function outcomeText(result: CheckResult): string | null {
  if (result.status === 'passed') return null;
  const message = attribute('message', result.reason ?? result.title);
  if (result.status === 'skipped') return `<skipped ${message}/>`;
  const tag = result.status === 'failed' ? 'failure' : 'error';
  const type = attribute('type', result.problem ?? result.status);
  const lines = [result.title, result.reason, result.consequence, result.hint, result.curl].filter(
    (line) => line !== null,
  );
  return `<${tag} ${message} ${type}>${escapeXml(lines.join('\n'))}</${tag}>`;
}

function numbers(counts: Counts, durationMs: number): string {
  return [
    attribute('tests', String(counts.total)),
    attribute('failures', String(counts.failed)),
    attribute('errors', String(counts.inconclusive)),
    attribute('skipped', String(counts.skipped)),
    attribute('time', seconds(durationMs)),
  ].join(' ');
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}
