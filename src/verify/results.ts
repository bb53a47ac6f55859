import { clip, escapeControls } from '../emulator/explain/show.ts';
import { type Problem, problemInfo } from './problems.ts';
import type { CheckResult } from './report.ts';
import type { Secrets } from './secrets.ts';

/** What a result is made of. */
export interface Finding {
  readonly id: string;
  readonly group: CheckResult['group'];
  readonly title: string;
  readonly problem: Problem | null;
  /** Why it matters, where the endpoint broke it. */
  readonly why?: string;
  readonly curl: string | null;
  readonly durationMs: number | null;
}

/** Results as they are found. */
export interface Results {
  readonly all: readonly CheckResult[];
  add(finding: Finding): void;
  /** Takes over a result that somebody else has made. */
  take(result: CheckResult): void;
}

const TEXT_CHARS_MAX = 1000;

/** Creates the list; every text in it is without secrets and controls. */
export function createResults(secrets: Secrets, onResult: (result: CheckResult) => void): Results {
  const all: CheckResult[] = [];
  const safe = (text: string | null): string | null =>
    text === null ? null : escapeControls(clip(secrets.redact(text), TEXT_CHARS_MAX));
  const take = (result: CheckResult) => {
    all.push(result);
    onResult(result);
  };
  return {
    all,
    take,
    add({ id, group, title, problem, why, curl, durationMs }) {
      const info = problem === null ? null : problemInfo(problem.code);
      const isBroken = info?.status === 'failed' && why !== undefined;
      const reason = problem?.reason ?? null;
      take({
        id,
        group,
        title,
        status: info?.status ?? 'passed',
        problem: problem?.code ?? null,
        reason: safe(isBroken ? `${reason} ${why}` : reason),
        consequence: safe(problem?.consequence ?? info?.consequence ?? null),
        hint: safe(problem?.hint ?? info?.hint ?? null),
        curl: curl === null ? null : secrets.redact(curl),
        durationMs,
      });
    },
  };
}
