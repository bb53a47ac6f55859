import type { Clock } from '../clock.ts';

/** What late timers may make up for; more would come as a burst behind a slow reader. */
const CATCH_UP_MAX_MS = 50;

/** Says how long to wait until the next thing is due, so that the errors of timers do not add up. */
export function createPacer(clock: Clock): (intervalMs: number) => number {
  let dueMs = clock.now();
  return (intervalMs) => {
    const nowMs = clock.now();
    dueMs = Math.max(dueMs, nowMs - CATCH_UP_MAX_MS) + intervalMs;
    return Math.max(0, dueMs - nowMs);
  };
}
