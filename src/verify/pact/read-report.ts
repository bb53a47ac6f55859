import { z } from 'zod';
import type { PactInteractionResult, PactMismatch } from './engine-outcome.ts';

const mismatchSchema = z.looseObject({
  type: z.string().default(''),
  path: z.string().optional(),
  key: z.string().optional(),
  expected: z.unknown().optional(),
  actual: z.unknown().optional(),
  mismatch: z.string().default(''),
});

const resultSchema = z.looseObject({
  consumer: z.string().default(''),
  provider: z.string().default(''),
  description: z.string().default(''),
  providerStates: z.array(z.string()).default([]),
  // Anything but OK counts as a failure, so that an unknown word is never a pass.
  result: z.string(),
  pending: z.boolean().default(false),
  duration: z.string().default(''),
  mismatchCount: z.number().optional(),
  mismatch: z
    .looseObject({
      mismatches: z.array(mismatchSchema).optional(),
      message: z.string().optional(),
    })
    .nullish(),
});

const reportSchema = z.looseObject({
  interactionResults: z.array(resultSchema),
  errors: z
    .array(z.looseObject({ mismatch: z.looseObject({ message: z.string().optional() }) }))
    .default([]),
});

/** What Pact's engine says. */
export interface EngineReport {
  readonly results: readonly PactInteractionResult[];
  /** Errors that no result tells of. */
  readonly complaints: readonly string[];
}

/** Reads the report of Pact's engine; null when it has another shape than known. */
export function readEngineReport(report: unknown): EngineReport | null {
  const read = reportSchema.safeParse(report);
  if (!read.success) return null;
  const { interactionResults, errors } = read.data;
  const results = interactionResults.map(toResult);
  const told = new Set(results.map(({ error }) => error));
  const messages = errors.flatMap(({ mismatch: { message } }) => message ?? []);
  return { results, complaints: messages.filter((message) => !told.has(message)) };
}

function toResult(result: z.infer<typeof resultSchema>): PactInteractionResult {
  const isPassed = result.result === 'OK' && !result.mismatch;
  const mismatches = result.mismatch?.mismatches ?? [];
  const error = result.mismatch?.message ?? 'The engine gives no reason.';
  return {
    consumer: result.consumer,
    provider: result.provider,
    description: result.description,
    states: result.providerStates,
    status: isPassed ? 'passed' : result.pending ? 'pending-failed' : 'failed',
    mismatches: mismatches.map(toMismatch),
    mismatchCount: result.mismatchCount ?? mismatches.length,
    error: isPassed || mismatches.length > 0 ? null : error,
    durationMs: toMilliseconds(result.duration),
  };
}

const UNIT_MS: Readonly<Record<string, number>> = { ns: 1e-6, µs: 1e-3, ms: 1, s: 1000 };

/** As Rust shows a duration: `76ms`, `1.504s`. */
function toMilliseconds(text: string): number | null {
  const [, value = '', unit = ''] = /^([\d.]+)(ns|µs|ms|s)$/.exec(text) ?? [];
  const factor = UNIT_MS[unit];
  return factor === undefined ? null : Number(value) * factor;
}

const KINDS: Readonly<Record<string, PactMismatch['kind']>> = {
  StatusMismatch: 'status',
  HeaderMismatch: 'header',
  BodyMismatch: 'body',
  BodyTypeMismatch: 'content-type',
};

function toMismatch(mismatch: z.infer<typeof mismatchSchema>): PactMismatch {
  return {
    kind: KINDS[mismatch.type] ?? 'other',
    path: mismatch.path ?? mismatch.key ?? null,
    expected: toText(mismatch.expected),
    actual: toText(mismatch.actual),
    text: mismatch.mismatch,
  };
}

function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
