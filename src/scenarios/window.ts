import { z } from 'zod';
import { durationSchema } from './duration.ts';

/** The part of a run in which a step is in force. Requests count from 1, both ends included. */
export interface Window {
  readonly unit: 'requests' | 'time';
  readonly from: number;
  /** Of time, the first millisecond after it; infinite when it never ends. */
  readonly to: number;
}

const requests = z.int().min(1).max(1_000_000_000);

// A number alone counts requests, so a time needs its unit.
const time = z
  .string()
  .regex(/[a-z]\s*$/i, 'needs a unit, as in "10s"; a number of requests has no quotes')
  .transform((text): string | number => text)
  .pipe(durationSchema)
  .transform((ms) => ({ ms }));

const end = z.union([requests, time]);
type End = z.output<typeof end>;

/** `{ from: 10, to: 20 }` counts requests, `{ from: 10s, to: 1m }` is time since activation. */
export const windowSchema = z
  .strictObject({ from: end.optional(), to: end.optional() })
  .transform(({ from, to }, context): Window => {
    const ends = [from, to].filter((one) => one !== undefined);
    const isTime = ends.some((one) => typeof one !== 'number');
    const window: Window = isTime
      ? { unit: 'time', from: numberOf(from) ?? 0, to: numberOf(to) ?? Infinity }
      : { unit: 'requests', from: numberOf(from) ?? 1, to: numberOf(to) ?? Infinity };
    const message = contradictionIn(window, ends);
    // An unknown key is told already, and is what was meant.
    if (message !== null && context.issues.length === 0)
      context.addIssue({ code: 'custom', message });
    return window;
  });

function numberOf(given: End | undefined): number | undefined {
  return typeof given === 'object' ? given.ms : given;
}

function contradictionIn({ unit, from, to }: Window, ends: readonly End[]): string | null {
  if (ends.length === 0) return 'needs "from" or "to"';
  if (new Set(ends.map((one) => typeof one)).size > 1) {
    return 'mixes requests and time; give both ends a unit, or none';
  }
  if (from > to) return 'ends before it begins: "from" is greater than "to"';
  return unit === 'time' && from === to ? 'is empty: "from" equals "to"' : null;
}

/** Whether a window is open for the request of this number at this time of the run. */
export function isOpen(window: Window, ordinal: number, elapsedMs: number): boolean {
  const { unit, from, to } = window;
  return unit === 'requests'
    ? ordinal >= from && ordinal <= to
    : elapsedMs >= from && elapsedMs < to;
}

/** For people: `requests 10 to 20`, `10000 ms to the end`. */
export function describeWindow({ unit, from, to }: Window): string {
  const last = to === Infinity ? 'the end' : `${to}`;
  return unit === 'requests'
    ? `requests ${from} to ${last}`
    : `${from} ms to ${last}${last === 'the end' ? '' : ' ms'}`;
}
