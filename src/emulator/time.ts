import {
  type Clock,
  createRealClock,
  createVirtualClock,
  type VirtualClock,
} from '../scenarios/clock.ts';
import type { ClockMode } from './options.ts';
import { UsageError } from './usage-error.ts';
import { createWork, type Work } from './work.ts';

/** How time passes in an emulator, and the hand that moves it. */
export interface EmulatorTime {
  /** What exchanges wait by, and windows, latencies and the journal read. */
  readonly clock: Clock;
  readonly mode: ClockMode;
  /** How many waits are under way; null in real time, which does not count them. */
  readonly sleeping: number | null;
  /** When the first of them is over; null when there is none, or time is real. */
  readonly nextWakeMs: number | null;
  /**
   * Moves time on and wakes who waits, the earliest first, each time letting the others come to
   * their next wait before time goes on.
   * @throws UsageError when time is real
   */
  advance(durationMs: number): Promise<void>;
  /**
   * Waits until so many sleep, since moving time before would not wake them; resolves to whether
   * they do, after so much real time at most.
   * @throws UsageError when time is real, or the reason of the signal
   */
  whenSleeping(count: number, timeoutMs: number, signal?: AbortSignal): Promise<boolean>;
}

/** The time of an emulator, and which exchanges it waits for; none in real time. */
export interface Timing {
  readonly time: EmulatorTime;
  readonly work: Work | null;
}

/**
 * Lets time pass as the option says. A clock of one's own is real time, and where virtual time
 * begins; one that is virtual itself can be moved as well.
 */
export function createTiming(mode: ClockMode, own: Clock = createRealClock()): Timing {
  if (mode === 'real' && !isVirtual(own)) return { time: realTime(own), work: null };
  const real = createRealClock();
  const clock = mode === 'real' && isVirtual(own) ? own : createVirtualClock(Math.floor(own.now()));
  const work = createWork();
  const parts = { clock, work, real };
  if (mode === 'auto') void moveByItself(parts);
  return { time: virtualTime(mode === 'auto' ? 'auto' : 'virtual', parts), work };
}

function isVirtual(clock: Clock): clock is VirtualClock {
  return 'advance' in clock && 'step' in clock;
}

function realTime(clock: Clock): EmulatorTime {
  const refuse = async () => {
    throw new UsageError(
      'clock-is-real',
      'Failed to move the clock: time is real here. Start with the option "clock" as "virtual".',
    );
  };
  const still = { sleeping: null, nextWakeMs: null };
  return { clock, mode: 'real', ...still, advance: refuse, whenSleeping: refuse };
}

function noDuration(durationMs: number): UsageError {
  const message = `Failed to move the clock by "${durationMs}": it goes on only. Use milliseconds.`;
  return new UsageError('invalid-duration', message);
}

interface Parts {
  readonly clock: VirtualClock;
  readonly work: Work;
  /** For what cannot be virtual: letting others come to their next wait. */
  readonly real: Clock;
}

function virtualTime(mode: ClockMode, parts: Parts): EmulatorTime {
  const { clock, real } = parts;
  let lastMove: Promise<void> = Promise.resolve();
  const move = async (durationMs: number) => {
    const untilMs = clock.now() + durationMs;
    await settle(parts, SETTLE_MAX_MS, QUIET_TURNS);
    while (clock.now() < untilMs || (clock.nextWakeMs ?? Infinity) <= untilMs) {
      clock.step(untilMs);
      await settle(parts, SETTLE_MAX_MS, QUIET_TURNS);
    }
  };
  return {
    clock,
    mode,
    get sleeping() {
      return clock.sleeping;
    },
    get nextWakeMs() {
      return clock.nextWakeMs;
    },
    async advance(durationMs) {
      if (!Number.isFinite(durationMs) || durationMs < 0) throw noDuration(durationMs);
      // Two that move it at once move it by both.
      lastMove = lastMove.then(() => move(durationMs));
      await lastMove;
    },
    async whenSleeping(count, timeoutMs, signal) {
      const giveUpMs = real.now() + timeoutMs;
      while (clock.sleeping < count && real.now() < giveUpMs) await real.sleep(1, signal);
      return clock.sleeping >= count;
    },
  };
}

/** Who computes for longer than this is not waited for. */
const SETTLE_MAX_MS = 500;

/** Turns of the event loop without a change: what has come to the machine is seen in one of two. */
const QUIET_TURNS = 2;

/** As many after an arrival, since clients that ask at once need some to do so. */
const ARRIVAL_TURNS = 10;

/**
 * Moves time whenever every exchange in progress sleeps, hangs, or waits for its client, and none
 * has arrived for a moment: then nothing else can happen here.
 */
async function moveByItself(parts: Parts): Promise<never> {
  const { clock, work } = parts;
  let known = 0;
  for (;;) {
    await clock.whenSleeping();
    const { arrivals } = work;
    await settle(parts, Infinity, arrivals === known ? QUIET_TURNS : ARRIVAL_TURNS);
    if (work.arrivals !== arrivals) continue;
    known = arrivals;
    // Those who slept may have left.
    if (clock.nextWakeMs !== null) clock.step(clock.nextWakeMs);
  }
}

/** Waits until nobody works who does not sleep, for so many turns. */
async function settle({ clock, work, real }: Parts, maxMs: number, turns: number): Promise<void> {
  const giveUpMs = real.now() + maxMs;
  let seen = work.changes;
  let quietTurns = 0;
  while (quietTurns < turns && real.now() < giveUpMs) {
    await real.sleep(0);
    const isQuiet = work.changes === seen && work.working <= clock.sleeping;
    quietTurns = isQuiet ? quietTurns + 1 : 0;
    seen = work.changes;
  }
}
