/** A duration for people: `4 ms`, `1.2 s`, `2 min 30 s`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 10) return `${Math.round(durationMs * 10) / 10} ms`;
  if (Math.round(durationMs) < 1000) return `${Math.round(durationMs)} ms`;
  const seconds = Math.round(durationMs / 100) / 10;
  if (seconds < 60) return `${seconds} s`;
  const rest = Math.round(durationMs / 1000) % 60;
  const minutes = Math.floor(Math.round(durationMs / 1000) / 60);
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
}

/** Milliseconds without the noise of a clock that counts nanoseconds. */
export function roundMs(durationMs: number): number {
  return Math.round(durationMs * 1000) / 1000;
}
