import { z } from 'zod';
import { durationSchema } from '../../scenarios/duration.ts';
import type { EmulatorTime } from '../time.ts';
import { integer } from './numbers.ts';
import { ProblemError } from './problem.ts';
import { defineRoute, type Route } from './route.ts';

const get = defineRoute({
  method: 'GET',
  path: '/clock',
  summary: 'What time it is for exchanges, how it passes, and how many of them wait by it.',
  answer: ({ port }) => shown(port.time),
});

const advance = defineRoute({
  method: 'POST',
  path: '/clock/advance',
  summary:
    'Move virtual time on: {"by": "150s"}; with "sleeping": 2 as soon as two waits are under way.',
  body: z.strictObject({ by: durationSchema, sleeping: integer(1, 1_000_000).optional() }),
  async answer({ body: { by, sleeping }, port: { time }, signal }) {
    if (time.mode === 'real') throw isReal();
    const count = sleeping ?? 0;
    if (!(await time.whenSleeping(count, SLEEPERS_TIMEOUT_MS, signal))) throw areAwake(count, time);
    await time.advance(by);
    return shown(time);
  },
});

/** The routes about time, in the order of the index. */
export const CLOCK_ROUTES: readonly Route[] = [get, advance];

const SLEEPERS_TIMEOUT_MS = 5_000;

function areAwake(count: number, { sleeping }: EmulatorTime): ProblemError {
  return new ProblemError(
    408,
    'wait-timed-out',
    `Failed to wait for sleeping exchanges "${count}": after ${SLEEPERS_TIMEOUT_MS} ms there are ` +
      `${sleeping}. GET /__admin/clock counts them; advance when more requests have arrived.`,
    { members: { wanted: count, sleeping } },
  );
}

function isReal(): ProblemError {
  return new ProblemError(
    409,
    'clock-is-real',
    'Failed to move the clock: time is real here. Start with --clock virtual (the option "clock"), ' +
      'or with --clock auto, and time moves by itself.',
  );
}

function shown({ mode, clock, sleeping, nextWakeMs }: EmulatorTime) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    mode,
    now: iso(clock.now()),
    sleeping,
    nextWakeAt: nextWakeMs === null ? null : iso(nextWakeMs),
  };
}
