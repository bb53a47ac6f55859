import type { CheckResult, Report } from '../report.ts';
import { countResults } from './counts.ts';
import { roundMs } from './duration.ts';

/** The form of the JSON report; raised when a key changes its meaning or goes away. */
export const JSON_SCHEMA_VERSION = 1;

/**
 * The report as JSON with a line break at its end. Every key is always there; what does not apply
 * is null. Keys may be added.
 */
export function formatJsonReport(report: Report): string {
  const { tool, url, startedAt, durationMs, seed, verdict, requests, latency, results } = report;
  const json = {
    schemaVersion: JSON_SCHEMA_VERSION,
    tool: { name: tool.name, version: tool.version },
    url,
    startedAt,
    durationMs: roundMs(durationMs),
    seed,
    verdict,
    counts: countResults(results),
    requests: { sent: requests.sent, max: requests.max },
    latency: {
      firstAnswerMs: roundOrNull(latency.firstAnswerMs),
      laterMedianMs: roundOrNull(latency.laterMedianMs),
      laterMaxMs: roundOrNull(latency.laterMaxMs),
    },
    results: results.map(jsonResult),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** One by one: what another part of the program adds to a result is not promised to anybody. */
function jsonResult(result: CheckResult) {
  return {
    id: result.id,
    group: result.group,
    title: result.title,
    status: result.status,
    problem: result.problem,
    reason: result.reason,
    consequence: result.consequence,
    hint: result.hint,
    curl: result.curl,
    durationMs: roundOrNull(result.durationMs),
  };
}

function roundOrNull(durationMs: number | null): number | null {
  return durationMs === null ? null : roundMs(durationMs);
}
