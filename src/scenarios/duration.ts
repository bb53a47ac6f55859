import { z } from 'zod';

const MILLISECONDS: Readonly<Record<string, number>> = {
  '': 1,
  ms: 1,
  s: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
};

/** Reads `250`, `250ms`, `2.5s`, `1.5m` or `1h` as milliseconds; null when it is none of them. */
export function parseDurationMs(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)\s*([a-z]*)$/i.exec(text.trim());
  if (match === null) return null;
  const unit = (match[2] ?? '').toLowerCase();
  const factor = Object.hasOwn(MILLISECONDS, unit) ? MILLISECONDS[unit] : undefined;
  return factor === undefined ? null : Number(match[1]) * factor;
}

/** The longest that anything may take: a day. */
export const DURATION_MAX_MS = 24 * 3_600_000;

/** A duration as people write it, in milliseconds: `250`, `"250ms"`, `"2.5s"`. */
export const durationSchema = z.union([z.number(), z.string()]).transform((value, context) => {
  const ms = typeof value === 'number' ? value : parseDurationMs(value);
  if (ms !== null && Number.isFinite(ms) && ms >= 0 && ms <= DURATION_MAX_MS) return ms;
  context.addIssue({
    code: 'custom',
    message:
      'must be milliseconds, or a duration such as "250ms", "2.5s" or "1m", of a day at most',
  });
  return z.NEVER;
});
