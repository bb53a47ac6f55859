import { parseDurationMs } from '../scenarios/duration.ts';

const BYTES: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  kb: 1000,
  mb: 1000 ** 2,
  gb: 1000 ** 3,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};

/** Reads `65536`, `512KiB`, `64MiB` or `1.5 GB` as bytes; null when it is none of them. */
export function parseBytes(text: string): number | null {
  const match = /^(\d{1,15}(?:\.\d{1,9})?)\s*([a-z]*)$/i.exec(text.trim());
  if (match === null) return null;
  const unit = (match[2] ?? '').toLowerCase();
  const factor = Object.hasOwn(BYTES, unit) ? BYTES[unit] : undefined;
  // Half a byte is nothing: what people mean by 1.5KiB is whole anyway.
  return factor === undefined ? null : Math.round(Number(match[1]) * factor);
}

/** Reads `250`, `250ms`, `10s`, `1.5m` or `1h` as whole milliseconds; null when it is none. */
export function parseDuration(text: string): number | null {
  const ms = parseDurationMs(text);
  return ms === null ? null : Math.round(ms);
}
