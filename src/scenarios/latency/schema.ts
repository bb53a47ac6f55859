import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { exponential } from './exponential.ts';
import { fixed } from './fixed.ts';
import type { Latency, LatencyModel } from './latency-model.ts';
import { lognormal } from './lognormal.ts';
import { normal } from './normal.ts';
import { pareto } from './pareto.ts';
import { percentiles } from './percentiles.ts';
import { ramp } from './ramp.ts';
import { uniform } from './uniform.ts';

// Sound: a family only ever makes a latency of what its own schema has read.
/** Every family, by what its options are called; percentiles take what is left. */
export const LATENCY_MODELS: readonly LatencyModel[] = [
  fixed,
  uniform,
  normal,
  lognormal,
  exponential,
  pareto,
  percentiles,
  ramp,
] as readonly unknown[] as readonly LatencyModel[];

/** What takes the options that tell of no other family. Sound as above. */
const OTHERS = percentiles as unknown as LatencyModel;

/** The option that tells a family from the others. */
const TELLING: Readonly<Record<string, string>> = {
  fixed: 'fixed',
  stddev: 'normal',
  mean: 'normal',
  median: 'lognormal',
  exponential: 'exponential',
  pareto: 'pareto',
  from: 'ramp',
  to: 'ramp',
  min: 'uniform',
};

/** The family that these options are meant for. */
export function modelOf(options: Readonly<Record<string, unknown>>): LatencyModel {
  const keys = Object.keys(options);
  const told = Object.entries(TELLING).find(([key]) => keys.includes(key))?.[1] ?? 'percentiles';
  return LATENCY_MODELS.find(({ name }) => name === told) ?? OTHERS;
}

/**
 * A latency as people write it: a duration, or the options of a family, which is known by them:
 * `{ p50: 800ms, p99: 9s }`, `{ min: 100ms, max: 300ms }`.
 */
export const latencySchema = z
  .union([durationSchema, z.record(z.string(), z.unknown())])
  .transform((written, context): Latency => {
    if (typeof written === 'number') return () => written;
    const model = modelOf(written);
    const read = model.options.safeParse(written);
    if (read.success) return model.create(read.data);
    for (const issue of read.error.issues) context.addIssue({ ...issue, code: 'custom' });
    return z.NEVER;
  });
