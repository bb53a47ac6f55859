import { describe, expect, test } from 'vitest';
import { STACK_NAMES } from '../src/emulator/index.ts';
import { alarmsOf, seedsOf } from './mutants/alarms.ts';
import { startServer } from './server-client.ts';
import { DEFINITIONS } from './verify/definitions.ts';

describe.each(STACK_NAMES)('the emulator of %s, over a socket', (stack) => {
  test('raises no alarm, whatever the seed', async () => {
    const { server } = await startServer({ stack, answer: 'echo' });
    const url = `${server.url}/`;
    expect(await alarmsOf({ name: stack, url, function: {} }, seedsOf(200))).toEqual([]);
  });

  test.each(Object.entries(DEFINITIONS))('raises none as %s', async (name, input) => {
    const { server } = await startServer({ stack, answer: 'echo', function: input });
    const innocent = { name: `${stack}, ${name}`, url: `${server.url}/`, function: input };
    expect(await alarmsOf(innocent, seedsOf(5))).toEqual([]);
  });
});

test('an endpoint that does not echo raises one', async () => {
  const { server } = await startServer({ answer: 'hello' });
  const innocent = { name: 'hello', url: `${server.url}/`, function: {} };
  const [alarm] = await alarmsOf(innocent, seedsOf(1));
  expect(alarm).toContain('hello, seed "innocent 0": echo: echo-missing');
});
