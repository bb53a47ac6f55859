import type { Secrets } from '../secrets.ts';
import type { PactInteractionResult, PactMismatch } from './engine-outcome.ts';
import type { EngineReport } from './read-report.ts';

/**
 * The report without the secrets that an endpoint repeated. What names an interaction stays as it
 * is, since it is found by that.
 */
export function maskReport({ results, complaints }: EngineReport, secrets: Secrets): EngineReport {
  return {
    results: results.map((result) => maskResult(result, secrets)),
    complaints: complaints.map(secrets.redact),
  };
}

function maskResult(result: PactInteractionResult, secrets: Secrets): PactInteractionResult {
  const { mismatches, error } = result;
  return {
    ...result,
    mismatches: mismatches.map((mismatch) => maskMismatch(mismatch, secrets)),
    error: error === null ? null : secrets.redact(error),
  };
}

function maskMismatch(mismatch: PactMismatch, secrets: Secrets): PactMismatch {
  const redact = mismatch.kind === 'header' ? secrets.redactHeader : secrets.redact;
  const { path, expected, actual, text } = mismatch;
  const maskOrNull = (value: string | null) => (value === null ? null : redact(value));
  return {
    ...mismatch,
    path: maskOrNull(path),
    expected: maskOrNull(expected),
    actual: maskOrNull(actual),
    text: redact(text),
  };
}
