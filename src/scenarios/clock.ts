/** Where time comes from: nothing below `cli/` reads the wall clock itself. */
export interface Clock {
  /** Milliseconds since the Unix epoch; may have a fraction. */
  now(): number;
  /** Resolves after `durationMs`; rejects with the signal's reason when the signal aborts first. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

const realNow = Date.now;

/**
 * The wall clock, with the monotonic clock's resolution.
 * It never runs backwards, even when the system's time is set while the emulator runs.
 */
export function createRealClock(): Clock {
  const originMs = realNow() - performance.now();
  return {
    now: () => originMs + performance.now(),
    sleep: (durationMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', onAbort);
          resolve();
        }, durationMs);
        signal?.addEventListener('abort', onAbort, { once: true });
      }),
  };
}

/** A clock that stands still until it is told to move. */
export interface VirtualClock extends Clock {
  /** Moves time forward and wakes every sleeper whose time has come, earliest first. */
  advance(durationMs: number): Promise<void>;
  /** How many sleepers wait. */
  readonly sleeping: number;
  /** When the first of them wakes; null when nobody sleeps. */
  readonly nextWakeMs: number | null;
  /** Moves time to where the next one wakes, but not beyond a limit, and wakes all of that time. */
  step(limitMs: number): void;
  /** Resolves as soon as somebody sleeps: moving time before would not wake them. */
  whenSleeping(): Promise<void>;
}

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

/** Time for tests: 150 seconds pass in no time, and always in the same order. */
export function createVirtualClock(startMs = 0): VirtualClock {
  let nowMs = startMs;
  const sleepers = new Set<Sleeper>();
  let watchers: (() => void)[] = [];

  const nextBefore = (limitMs: number): Sleeper | undefined => {
    let next: Sleeper | undefined;
    for (const sleeper of sleepers) {
      if (sleeper.wakeAtMs > limitMs) continue;
      if (next === undefined || sleeper.wakeAtMs < next.wakeAtMs) next = sleeper;
    }
    return next;
  };

  return {
    now: () => nowMs,
    get sleeping() {
      return sleepers.size;
    },
    get nextWakeMs() {
      return nextBefore(Infinity)?.wakeAtMs ?? null;
    },
    step(limitMs) {
      nowMs = Math.max(nowMs, nextBefore(limitMs)?.wakeAtMs ?? limitMs);
      // Who is woken goes on later, so nobody falls asleep again meanwhile.
      for (const { wakeAtMs, wake } of sleepers) if (wakeAtMs <= nowMs) wake();
    },
    sleep: (durationMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const onAbort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const wake = () => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', onAbort);
          resolve();
        };
        const sleeper: Sleeper = { wakeAtMs: nowMs + Math.max(0, durationMs), wake };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', onAbort, { once: true });
        for (const watcher of watchers) watcher();
        watchers = [];
      }),
    whenSleeping: () =>
      new Promise((resolve) => {
        if (sleepers.size > 0) resolve();
        else watchers.push(resolve);
      }),
    async advance(durationMs) {
      const untilMs = nowMs + durationMs;
      for (let next = nextBefore(untilMs); next !== undefined; next = nextBefore(untilMs)) {
        nowMs = Math.max(nowMs, next.wakeAtMs);
        next.wake();
        // What the sleeper does next may sleep again inside the span that passes.
        await new Promise<void>((resolve) => setTimeout(resolve, 0));
      }
      nowMs = untilMs;
    },
  };
}
