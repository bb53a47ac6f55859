import { clip, escapeControls } from '../../emulator/explain/show.ts';
import type { CheckResult, Report } from '../report.ts';
import { countResults, formatCounts } from './counts.ts';
import { formatDuration } from './duration.ts';

/** GitHub shows ten annotations of a kind for each step, and drops the others without a word. */
const ANNOTATIONS_MAX = 10;

/** Of a text in a cell or an annotation: more is not read there. */
const TEXT_MAX_CHARS = 600;

/** Of all rows; GitHub takes 1 MiB for a step, and shows nothing of more. */
const ROWS_MAX_BYTES = 256 * 1024;

/** Workflow commands that show failures beside the run, a line each. */
export function formatGithubAnnotations(report: Report): readonly string[] {
  const of = (status: CheckResult['status'], command: string) =>
    report.results
      .filter((result) => result.status === status)
      .slice(0, ANNOTATIONS_MAX)
      .map((result) => annotation(command, result));
  return [...of('failed', 'error'), ...of('inconclusive', 'warning')];
}

function annotation(command: string, result: CheckResult): string {
  const lines = [result.reason, result.consequence, result.hint]
    .filter((line) => line !== null)
    .map((line) => clip(line, TEXT_MAX_CHARS));
  const title = escapeProperty(clip(`modal-emulator verify: ${result.id}`, TEXT_MAX_CHARS));
  return `::${command} title=${title}::${escapeData(lines.join('\n'))}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

const MARKS: Readonly<Record<CheckResult['status'], string>> = {
  passed: ':white_check_mark: passed',
  failed: ':x: failed',
  inconclusive: ':grey_question: inconclusive',
  skipped: ':heavy_minus_sign: skipped',
};

/** A table of the checks in Markdown, for the page of the run. */
export function formatGithubSummary(report: Report): string {
  const { results, requests, verdict, url, seed } = report;
  const rows = boundedRows(results);
  const more = results.length - rows.length;
  return [
    `### modal-emulator verify: ${verdict}`,
    '',
    `${escapeMarkdown(clip(url, TEXT_MAX_CHARS))}`,
    '',
    '| | check | time | |',
    '| --- | --- | --- | --- |',
    ...rows,
    ...(more > 0 ? [`| | … and ${more} more | | |`] : []),
    '',
    `${formatCounts(countResults(results))}. ${requests.sent} of ${requests.max} requests sent. ` +
      `Seed ${escapeMarkdown(seed)}.`,
    '',
    '',
  ].join('\n');
}

function boundedRows(results: readonly CheckResult[]): readonly string[] {
  const rows: string[] = [];
  let left = ROWS_MAX_BYTES;
  for (const result of results) {
    const row = rowText(result);
    left -= new TextEncoder().encode(row).length;
    if (left < 0) break;
    rows.push(row);
  }
  return rows;
}

function rowText(result: CheckResult): string {
  const texts = [result.reason, result.consequence, result.hint]
    .filter((text) => text !== null)
    .map((text) => escapeMarkdown(clip(text, TEXT_MAX_CHARS)));
  const cells = [
    MARKS[result.status],
    `${escapeMarkdown(clip(result.id, TEXT_MAX_CHARS))}<br>${escapeMarkdown(clip(result.title, TEXT_MAX_CHARS))}`,
    result.durationMs === null ? '' : formatDuration(result.durationMs),
    texts.join('<br>'),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Text that Markdown shows as it is, on one line: no table, link, mention or HTML comes of it. */
function escapeMarkdown(text: string): string {
  return escapeControls(text)
    .replace(/[&<>]/g, (character) => ENTITIES[character] ?? character)
    .replace(/[\\`*_{}[\]()#+!|~$:@-]/g, (character) => `&#${character.charCodeAt(0)};`);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
