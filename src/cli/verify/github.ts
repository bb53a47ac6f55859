import { randomUUID } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { showValue } from '../../emulator/explain/show.ts';
import type { Report } from '../../verify/report.ts';
import { formatGithubAnnotations, formatGithubSummary } from '../../verify/reports/github.ts';
import type { Terminal } from '../command.ts';
import { errnoOf } from '../config/read-text.ts';

/** What is done in a step of GitHub Actions, and nowhere else. */
export interface Github {
  /** Stands around the text: what an endpoint answers must never be a command to the runner. */
  readonly before: string;
  readonly after: string;
  annotations(report: Report): string;
  /** Adds the table to the page of the run; what went wrong, or null. */
  writeSummary(report: Report): Promise<string | null>;
}

const NOWHERE: Github = {
  before: '',
  after: '',
  annotations: () => '',
  writeSummary: async () => null,
};

/** Reads from the environment whether this is a step of GitHub Actions. */
export function createGithub(environment: Terminal['environment']): Github {
  if (environment.GITHUB_ACTIONS !== 'true') return NOWHERE;
  // Nobody can end the silence without knowing the word.
  const word = randomUUID();
  return {
    before: `::stop-commands::${word}\n`,
    after: `::${word}::\n`,
    annotations: (report) =>
      formatGithubAnnotations(report)
        .map((line) => `${line}\n`)
        .join(''),
    writeSummary: (report) => appendSummary(environment.GITHUB_STEP_SUMMARY ?? '', report),
  };
}

async function appendSummary(path: string, report: Report): Promise<string | null> {
  if (path === '') return null;
  try {
    await appendFile(path, formatGithubSummary(report));
    return null;
  } catch (error) {
    const code = errnoOf(error);
    return (
      `Failed to write the summary ${showValue(path)} (GITHUB_STEP_SUMMARY): ` +
      `${code === '' ? 'the system says no' : code}. The checks count all the same.`
    );
  }
}
