import { expect, test } from 'vitest';
import { createWorld } from './control-world.ts';

type World = ReturnType<typeof createWorld>;

/** Starts a wait and returns once it sleeps; the answer comes later. */
async function startWait(world: World, line: string, options: Parameters<World['send']>[1] = {}) {
  const answer = world.sendJson(line, options);
  // Requests are handled in microtasks and body reads; the sleeper says when that is done.
  while (world.clock.sleeping === 0) await new Promise((resolve) => setImmediate(resolve));
  expect(world.listening.count).toBe(1);
  return { answer };
}

function expectNothingLeft(world: World) {
  expect([world.listening.count, world.clock.sleeping]).toEqual([0, 0]);
}

test('what is there already counts', async () => {
  const world = createWorld();
  world.arrive();
  world.arrive();
  const { status, json } = await world.sendJson('GET /__admin/requests/wait?count=2');
  expect(status).toBe(200);
  expect(json).toMatchObject({ count: 2, exact: true, total: 2, evicted: 0 });
  expect(json.requests).toHaveLength(2);
  expect((await world.sendJson('POST /__admin/requests/wait')).json.count).toBe(2);
  expectNothingLeft(world);
});

test('ends as soon as enough have arrived, without time passing', async () => {
  const world = createWorld();
  world.arrive();
  const { answer } = await startWait(world, 'GET /__admin/requests/wait?count=3&timeout=5s');
  world.arrive();
  expect(world.clock.sleeping).toBe(1);
  world.arrive();
  const { status, json } = await answer;
  expect([status, json.count, world.clock.now()]).toEqual([200, 3, 0]);
  expectNothingLeft(world);
});

test('only matching exchanges end it, and only they are answered', async () => {
  const world = createWorld();
  world.arrive({ prompt: 'a' });
  const { answer } = await startWait(world, 'POST /__admin/requests/wait', {
    body: { count: 2, match: { prompt: 'a' }, limit: 1 },
  });
  world.arrive({ prompt: 'b' });
  expect(world.clock.sleeping).toBe(1);
  world.arrive({ prompt: 'a' });
  const { json } = await answer;
  expect(json).toMatchObject({ count: 2, total: 3 });
  expect(json.requests.map((exchange: { ordinal: number }) => exchange.ordinal)).toEqual([3]);
  expectNothingLeft(world);
});

test.each([
  ['GET /__admin/requests/wait', {}, 5_000],
  ['GET /__admin/requests/wait?timeout=250ms', {}, 250],
  ['GET /__admin/requests/wait?timeout=1.5s', {}, 1_500],
  ['GET /__admin/requests/wait?timeout=1m', {}, 60_000],
  ['GET /__admin/requests/wait?timeoutMs=70', {}, 70],
  ['POST /__admin/requests/wait', { body: { timeout: '2s' } }, 2_000],
  ['POST /__admin/requests/wait?timeout=3s', { body: { count: 1 } }, 3_000],
  ['POST /__admin/requests/wait', { body: { timeoutMs: 40 } }, 40],
])('%s %j ends after %i ms with 408', async (line, options, timeoutMs) => {
  const world = createWorld();
  const { answer } = await startWait(world, line, options);
  await world.clock.advance(timeoutMs - 1);
  expect(world.clock.sleeping).toBe(1);
  await world.clock.advance(1);
  const { status, json } = await answer;
  expect(status).toBe(408);
  expect(json).toMatchObject({
    type: 'urn:modal-emulator:problem:wait-timed-out',
    detail: expect.stringContaining(`after ${timeoutMs} ms there are 0, among 0 in all`),
    wanted: 1,
    count: 0,
  });
  expectNothingLeft(world);
});

test('the answer after the timeout says how many there are', async () => {
  const world = createWorld();
  const { answer } = await startWait(world, 'POST /__admin/requests/wait?count=3', {
    body: { match: { status: 200 } },
  });
  world.arrive();
  world.arrive({ status: 422 });
  await world.clock.advance(5_000);
  const { json } = await answer;
  expect(json).toMatchObject({ status: 408, wanted: 3, count: 1, total: 2, evicted: 0 });
  expect(json.detail).toContain('exchanges "3": after 5000 ms there are 1, among 2 in all');
});

test('a client that leaves ends the wait', async () => {
  const world = createWorld();
  const client = new AbortController();
  const { answer } = await startWait(world, 'GET /__admin/requests/wait?timeout=60s', {
    signal: client.signal,
  });
  client.abort();
  expect((await answer).status).toBe(499);
  expectNothingLeft(world);
  expect(world.reported).toEqual([]);
});

test('many waits end on their own terms', async () => {
  const world = createWorld();
  const counts = Array.from({ length: 50 }, (_, index) => index + 1);
  const answers = counts.map((count) =>
    world.sendJson(`GET /__admin/requests/wait?count=${count}`),
  );
  while (world.clock.sleeping < 50) await new Promise((resolve) => setImmediate(resolve));
  for (let index = 0; index < 30; index += 1) world.arrive();
  await world.clock.advance(5_000);
  const statuses = (await Promise.all(answers)).map(({ status }) => status);
  expect(statuses).toEqual(counts.map((count) => (count <= 30 ? 200 : 408)));
  expectNothingLeft(world);
});

test('exchanges that are evicted while it waits stay counted', async () => {
  for (const match of [{}, { prompt: 'hi' }]) {
    const world = createWorld({ journalMax: 1 });
    const { answer } = await startWait(world, 'POST /__admin/requests/wait', {
      body: { count: 3, match },
    });
    for (let index = 0; index < 3; index += 1) world.arrive();
    const { status, json } = await answer;
    expect([status, json.count, json.evicted, json.requests.length]).toEqual([200, 3, 2, 1]);
  }
});

test('what was evicted before counts without a match; with one it is said to miss', async () => {
  const world = createWorld({ journalMax: 1 });
  for (let index = 0; index < 3; index += 1) world.arrive();
  expect((await world.sendJson('GET /__admin/requests/wait?count=3')).status).toBe(200);
  const { status, json } = await world.sendJson('POST /__admin/requests/wait?timeoutMs=0', {
    body: { count: 1, match: { status: 200 } },
  });
  expect([status, json.exact]).toEqual([200, false]);
  expect(json.note).toContain('2 before were evicted');
});

test('a journal cleared meanwhile starts the count again', async () => {
  for (const match of [{}, { prompt: 'hi' }]) {
    const world = createWorld();
    world.arrive();
    const { answer } = await startWait(world, 'POST /__admin/requests/wait', {
      body: { count: 2, match },
    });
    world.journal.clear();
    world.arrive();
    expect(world.clock.sleeping).toBe(1);
    world.journal.clear();
    await world.clock.advance(5_000);
    expect((await answer).json).toMatchObject({ status: 408, count: 0 });
  }
});

test('enough is enough, even when the journal is cleared in the same moment', async () => {
  const world = createWorld();
  const { answer } = await startWait(world, 'GET /__admin/requests/wait?count=2');
  world.arrive();
  world.arrive();
  world.journal.clear();
  expect((await answer).json).toMatchObject({ count: 2, requests: [] });
});

test.each([
  ['POST /__admin/requests/wait', { body: { timeout: '5' } }, 'such as "5s" or "250ms"'],
  ['POST /__admin/requests/wait', { body: { timeout: 5 } }, 'goes into "timeoutMs"'],
  ['POST /__admin/requests/wait', { body: { timeout: '61s' } }, '"61s": must be 60s or less'],
  ['POST /__admin/requests/wait', { body: { timeoutMs: 60_001 } }, 'must be from 0 to 60000'],
  ['POST /__admin/requests/wait', { body: { count: 0 } }, 'must be from 1 to'],
  ['POST /__admin/requests/wait', { body: { count: 1.5 } }, 'expected a whole number'],
  ['POST /__admin/requests/wait', { body: { timeoutMs: 1, timeout: '1s' } }, 'given twice'],
  ['POST /__admin/requests/wait?count=2', { body: { count: 3 } }, 'count "2" and "3"'],
  ['GET /__admin/requests/wait?count=-1', {}, '"-1": expected a whole number'],
  ['GET /__admin/requests/wait?timeout=2m', {}, '"2m": must be 60s or less'],
  ['GET /__admin/requests/wait?cuont=2', {}, 'Did you mean "count"?'],
])('%s %j is refused', async (line, options, detail) => {
  const { status, json } = await createWorld().sendJson(line, options);
  expect(status).toBe(400);
  expect(json.detail).toContain(detail);
});
