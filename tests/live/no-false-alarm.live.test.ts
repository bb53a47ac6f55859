import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { alarmsOf, seedsOf } from '../mutants/alarms.ts';
import { DEFINITIONS } from '../verify/definitions.ts';
import { type Live, startLive } from './live-endpoint.ts';
import { liveStacks } from './live-pythons.ts';

const ECHOES = Object.fromEntries(
  Object.entries(DEFINITIONS).map(([name, input]) => [
    name,
    { function: input, answer: 'echo' as const },
  ]),
);

describe.each(liveStacks())('real FastAPI of %s', (stack) => {
  let live: Live;
  beforeAll(async () => {
    live = await startLive(stack, ECHOES);
  });
  afterAll(() => live.close());

  const innocentOf = (name: string) => ({
    name: `${stack}, ${name}`,
    url: `${live.urls[name]}/`,
    function: DEFINITIONS[name] ?? {},
  });

  test('raises no alarm, whatever the seed', async () => {
    expect(await alarmsOf(innocentOf('default'), seedsOf(200))).toEqual([]);
  });

  test.each(Object.keys(DEFINITIONS))('raises none as %s', async (name) => {
    expect(await alarmsOf(innocentOf(name), seedsOf(5))).toEqual([]);
  });
});
