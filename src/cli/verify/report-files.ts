import { stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { showValue } from '../../emulator/explain/show.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import type { Report } from '../../verify/report.ts';
import { formatJsonReport } from '../../verify/reports/json.ts';
import { formatJunitReport } from '../../verify/reports/junit.ts';
import type { Output } from '../command.ts';
import { errnoOf } from '../config/read-text.ts';
import { type ReportKind, type ReportTarget, STANDARD_OUTPUT } from './report-targets.ts';

const FORMATS: Readonly<Record<ReportKind, (report: Report) => string>> = {
  junit: formatJunitReport,
  json: formatJsonReport,
};

/**
 * Looks whether the reports can be written, before a request is paid for.
 * @throws UsageError for a folder that is not there, or a file that cannot be written
 */
export async function checkReportTargets(targets: readonly ReportTarget[]): Promise<void> {
  for (const target of targets) {
    if (target.path !== STANDARD_OUTPUT) await checkTarget(target);
  }
}

async function checkTarget({ kind, path }: ReportTarget): Promise<void> {
  const folder = dirname(path);
  const found = await stat(folder).catch(nothing);
  if (found?.isDirectory() !== true) {
    throw refusal(kind, path, `there is no folder ${showValue(folder)}. Make it first.`);
  }
  const there = await stat(path).catch(nothing);
  if (there?.isDirectory() === true) {
    throw refusal(kind, path, 'it is a folder. Name a file in it.');
  }
  try {
    // Asks the system, as no look at permissions can; and if this run is stopped, nobody takes the
    // report of an earlier one for its own.
    await writeFile(path, '');
  } catch (error) {
    throw refusal(kind, path, reasonOf(error));
  }
}

/**
 * Writes the reports, each for itself; returns what could not be written.
 */
export async function writeReports(
  targets: readonly ReportTarget[],
  report: Report,
  stdout: Output,
): Promise<readonly UsageError[]> {
  const failures: UsageError[] = [];
  for (const { kind, path } of targets) {
    const text = FORMATS[kind](report);
    const writing = path === STANDARD_OUTPUT ? writeTo(stdout, text) : writeFile(path, text);
    await writing.catch((error: unknown) => {
      failures.push(refusal(kind, path, reasonOf(error)));
    });
  }
  return failures;
}

/** Resolves when the text is with its reader, however slow that is, or rejects. */
function writeTo(stdout: Output, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

function nothing(): null {
  return null;
}

function refusal(kind: ReportKind, path: string, reason: string): UsageError {
  return new UsageError(
    'report-not-writable',
    `Failed to write the ${kind} report ${showValue(path)}: ${reason}`,
  );
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied. Name another file.',
  EPERM: 'permission denied. Name another file.',
  EROFS: 'the file system is read-only. Name another file.',
  ENOSPC: 'the disk is full. Make room.',
  EISDIR: 'it is a folder. Name a file in it.',
  ENOENT: 'its folder is gone. Make it first.',
  EPIPE: 'its reader is gone. Name a file.',
  ENAMETOOLONG: 'the name is too long. Name another file.',
  ERR_INVALID_ARG_VALUE: 'the name holds a null character. Name another file.',
};

function reasonOf(error: unknown): string {
  const code = errnoOf(error);
  return REASONS[code] ?? `the system says ${code === '' ? 'no' : code}. Name another file.`;
}
