import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { STACK_NAMES } from '../../src/emulator/index.ts';
import { checkRequests, choiceOf } from './differential/check-requests.ts';
import { DEFINITION_NAMES, DEFINITIONS } from './differential/definitions.ts';
import { failureMessage } from './differential/failure-message.ts';
import { liveRequest } from './differential/requests.ts';
import { openSides, type Sides } from './differential/sides.ts';
import { type Live, startLive } from './live-endpoint.ts';
import { liveStacks } from './live-pythons.ts';

const RUNS_OF_NEWEST = 5000;
const RUNS_OF_OLDER = 1500;

/** What FastAPI can answer. A generator that no longer reaches one of them has lost its use. */
const STATUSES = [200, 307, 400, 403, 404, 405, 422, 429, 500];

// The same bytes to real FastAPI, wrapped by Modal's own code, and to the emulator of its stack.
describe.each(liveStacks())('%s', (stack) => {
  let live: Live;
  let sides: Sides;
  beforeAll(async () => {
    live = await startLive(stack, DEFINITIONS);
    sides = await openSides({ live, stack, definitions: DEFINITIONS });
  });
  afterAll(async () => {
    await sides?.close();
    await live?.close();
  });

  const choice = choiceOf(stack === STACK_NAMES[0] ? RUNS_OF_NEWEST : RUNS_OF_OLDER);

  test(`${stack} answers ${choice.runs} requests as FastAPI does`, async () => {
    const statuses = new Set<number>();
    const asked = new Set<string>();
    const result = await checkRequests(sides, liveRequest, {
      ...choice,
      watch(status, { definition }) {
        statuses.add(status);
        asked.add(definition);
      },
    });
    expect.soft(await failureMessage(result, sides, { stack, versions: live.versions })).toBeNull();
    const isWhole = choice.path === undefined && choice.runs >= RUNS_OF_OLDER && !result.failed;
    if (!isWhole) return;
    expect(result.numRuns).toBe(choice.runs);
    expect([...statuses]).toEqual(expect.arrayContaining(STATUSES));
    expect([...asked].sort()).toEqual([...DEFINITION_NAMES].sort());
  });
});
