import { clip, escapeControls } from '../../emulator/explain/show.ts';
import type { CheckResult, Report } from '../../verify/report.ts';
import { countResults, formatCounts } from '../../verify/reports/counts.ts';
import { formatDuration } from '../../verify/reports/duration.ts';
import type { Paint } from './paint.ts';

/** What is said before the first request. */
export interface Intent {
  readonly version: string;
  /** Without secrets. */
  readonly url: string;
  /** `POST, "prompt" in, "prompt" out, which must contain the prompt` */
  readonly contract: string;
  readonly pacts: string;
  readonly requestsMax: number;
  readonly timeoutMs: number;
  readonly seed: string;
}

/** Words, and not signs: they look the same in every terminal, font and log. */
const MARKS = {
  passed: ['ok', 'green'],
  failed: ['FAILED', 'red'],
  inconclusive: ['unclear', 'yellow'],
  skipped: ['skipped', 'dim'],
} as const;

const MARK_CHARS = 7;
const INDENT = ' '.repeat(2 + MARK_CHARS + 2);

/** A reason may quote an answer; what fills the terminal says nothing more. */
const REASON_MAX_CHARS = 1000;

/** The head of the text, a line break at its end. */
export function formatIntent(intent: Intent, paint: Paint): string {
  const { version, url, requestsMax, timeoutMs, seed } = intent;
  const requests = requestsMax === 1 ? '1 request' : `${requestsMax} requests`;
  const rows = [
    ['contract', intent.contract],
    ['pacts', intent.pacts],
    ['budget', `${requests}, ${formatDuration(timeoutMs)} for a check`],
    ['seed', seed],
  ];
  return [
    `modal-emulator ${version} verify ${paint('bold', escapeControls(url))}`,
    '',
    ...rows.map(([name = '', value = '']) => `  ${name.padEnd(8)}  ${safe(value)}`),
    '',
    '',
  ].join('\n');
}

/** The line of a check and, where it did not pass, what there is to know of it below. */
export function formatResult(result: CheckResult, paint: Paint): string {
  const [mark, color] = MARKS[result.status];
  const took = result.durationMs === null ? '' : `  ${formatDuration(result.durationMs)}`;
  const isSkipped = result.status === 'skipped';
  // Of what was not tried there is nothing to know but why: one cause may skip all checks.
  const text = isSkipped ? (result.reason ?? result.title) : result.title;
  // The name of an interaction says what its title would repeat.
  const isNamed = result.group === 'pact' && !isSkipped;
  const line = `${safe(isNamed ? result.id : `${result.id}: ${text}`)}${paint('dim', took)}`;
  const head = `  ${paint(color, mark.padEnd(MARK_CHARS))}  ${line}`;
  if (result.status === 'passed' || isSkipped) return `${head}\n`;
  return `${[head, ...details(result, paint).map((line) => `${INDENT}${line}`)].join('\n')}\n`;
}

function details(result: CheckResult, paint: Paint): string[] {
  const problem = result.problem === null ? '' : `[${escapeControls(result.problem)}] `;
  const lines: string[] = [];
  if (result.reason !== null) lines.push(`${problem}${safe(result.reason)}`);
  if (result.consequence !== null) lines.push(safe(result.consequence));
  if (result.hint !== null) lines.push(paint('yellow', safe(result.hint)));
  // Not clipped: half a command is none.
  if (result.curl !== null) lines.push(paint('dim', escapeControls(result.curl)));
  return lines;
}

function safe(text: string): string {
  return escapeControls(clip(text, REASON_MAX_CHARS));
}

const VERDICTS = {
  passed: ['Passed', 'green'],
  failed: ['Failed', 'red'],
  inconclusive: ['Inconclusive', 'yellow'],
} as const;

/** The end of the text: the verdict in numbers, and how fast the endpoint was. */
export function formatOutcome(report: Report, paint: Paint): string {
  const { requests, durationMs, results, verdict } = report;
  const [word, color] = VERDICTS[verdict];
  const sent = `${requests.sent} of ${requests.max} requests in ${formatDuration(durationMs)}`;
  const counts = formatCounts(countResults(results));
  const lines = [
    `${paint(color, word)}. ${counts}; ${sent}.`,
    ...latencyLines(report.latency),
    ...skippedLines(results),
  ];
  return `\n${lines.join('\n')}\n`;
}

/** What is skipped for these reasons needs nobody to do anything. */
const NO_WAY_OUT: ReadonlySet<string | null> = new Set(['not-applicable', 'earlier-failure', null]);

/** What to do about the checks that were skipped, once for each reason. */
function skippedLines(results: readonly CheckResult[]): string[] {
  const skipped = results.filter(
    ({ status, problem }) => status === 'skipped' && !NO_WAY_OUT.has(problem),
  );
  return [...new Set(skipped.map(({ problem }) => problem))].map((problem) => {
    const alike = skipped.filter((result) => result.problem === problem);
    return `Skipped ${alike.length} (${problem}). ${safe(alike[0]?.hint ?? '')}`.trimEnd();
  });
}

function latencyLines({ firstAnswerMs, laterMedianMs, laterMaxMs }: Report['latency']): string[] {
  if (firstAnswerMs === null) return [];
  const first = `First answer after ${formatDuration(firstAnswerMs)}`;
  if (laterMedianMs === null || laterMaxMs === null) return [`${first}.`];
  const later = `later ones after ${formatDuration(laterMedianMs)}`;
  return [
    `${first}, a cold start included; ${later} (median), ${formatDuration(laterMaxMs)} at most.`,
  ];
}
