import { describe, expect, test } from 'vitest';
import { createEmulator, type EmulatorInput } from '../src/emulator/index.ts';
import { splitTarget } from '../src/emulator/namespace-target.ts';
import { NAMESPACES_MAX } from '../src/emulator/namespaces.ts';
import { createRandom } from '../src/scenarios/random.ts';
import { describeClients, type FetchClient } from './fetch-clients.ts';
import { openClient, postBytes, startServer } from './server-client.ts';

const ECHO: EmulatorInput = { answer: 'echo' };

/** An emulator of a namespace, created over the control plane. */
async function make(client: FetchClient, name: string, others: object = {}) {
  const { status, json } = await client.admin('POST /__admin/namespaces', { name, ...others });
  expect(status, JSON.stringify(json)).toBe(200);
  return json;
}

function prompts(emulator: FetchClient['emulator']) {
  return emulator.journal.list().map(({ request }) => request.prompt);
}

describeClients('a namespace', (create) => {
  test('is reached by its path, and its function sees "/"', async () => {
    const client = await create({ ...ECHO, function: { docs: true } });
    const made = await make(client, 'my-test');
    expect(made).toMatchObject({ name: 'my-test', path: '/t/my-test/', requests: 0, endsAt: null });
    for (const path of ['/t/my-test/', '/t/my-test', '/t/my-test?a=1', '/t/my-test/?a=1']) {
      expect((await client.ask({ path })).status).toBe(200);
    }
    expect((await client.fetch('/t/my-test/openapi.json')).status).toBe(200);
    const inner = client.emulator.namespaces.get('my-test')?.emulator;
    const targets = inner?.journal.list().map(({ request }) => request.target);
    expect(targets).toEqual(['/', '/', '/?a=1', '/?a=1', '/openapi.json']);
    expect(client.emulator.journal.total).toBe(0);
    const { json } = await client.admin('GET /t/my-test/__admin/ledger');
    expect(json).toMatchObject({ calls: 5, charges: 5 });
    expect((await client.admin('GET /__admin/ledger')).json).toMatchObject({ calls: 0 });
  });

  test('is reached by X-Test-Id, its control plane as well', async () => {
    const client = await create(ECHO);
    await make(client, 'a');
    const headers = { 'x-test-id': 'a' };
    expect((await client.ask({ prompt: 'mine', headers })).status).toBe(200);
    expect((await client.ask({ prompt: 'global' })).status).toBe(200);
    const own = await client.fetch('/__admin/requests', { headers });
    expect(await own.json()).toMatchObject({
      total: 1,
      requests: [{ request: { prompt: 'mine' } }],
    });
    expect(prompts(client.emulator)).toEqual(['global']);
    const { json } = await client.admin('GET /t/a/__admin/requests/1');
    expect(json).toMatchObject({ request: { prompt: 'mine', target: '/' } });
    // What is the server's stays the server's.
    const listed = await client.fetch('/__admin/namespaces', { headers });
    expect(await listed.json()).toMatchObject({ namespaces: [{ name: 'a', requests: 1 }] });
  });

  test('that is not there is an error, never the global one', async () => {
    const client = await create(ECHO);
    const lost = await client.ask({ path: '/t/my-tset/' });
    expect(lost.status).toBe(404);
    expect(lost.headers.get('content-type')).toBe('application/problem+json');
    expect(await lost.json()).toEqual({
      type: 'urn:modal-emulator:problem:unknown-namespace',
      title: 'Unknown namespace',
      status: 404,
      detail:
        'Failed to find namespace "my-tset" of the path /t/NAME/: there is none of this name, or ' +
        'its time is over. Create it first: POST /__admin/namespaces {"name": "my-test"}.',
      instance: '/t/my-tset/',
    });
    expect(await client.admin('GET /t/my-tset/__admin/requests')).toMatchObject({
      status: 404,
      json: { title: 'Unknown namespace' },
    });
    // One sees in the global journal that somebody has lost the way.
    expect(client.emulator.journal.get(1)).toMatchObject({
      request: { target: '/t/my-tset/', prompt: null },
      outcome: { status: 404 },
    });
    expect(client.emulator.ledger.totals.calls).toBe(0);
  });

  test('of an unknown X-Test-Id is an error as soon as there are namespaces', async () => {
    const client = await create(ECHO);
    const headers = { 'x-test-id': 'b' };
    expect((await client.ask({ headers })).status).toBe(200);
    await make(client, 'a');
    const refused = await client.ask({ headers });
    expect(refused.status).toBe(404);
    expect(await refused.json()).toMatchObject({
      detail: expect.stringContaining('namespace "b" of the header X-Test-Id: there is none'),
    });
    const control = await client.fetch('/__admin/requests', { headers });
    expect(control.status).toBe(404);
    expect((await client.fetch('/__admin/health', { headers })).status).toBe(200);
    await client.admin('DELETE /__admin/namespaces/a');
    expect((await client.ask({ headers })).status).toBe(404);
    expect((await client.ask()).status).toBe(200);
  });

  test('is one: path and header that differ are refused', async () => {
    const client = await create(ECHO);
    await make(client, 'a');
    await make(client, 'b');
    const headers = { 'x-test-id': 'b' };
    expect((await client.ask({ path: '/t/b/', headers })).status).toBe(200);
    const refused = await client.ask({ path: '/t/a/', headers });
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ title: 'Two namespaces' });
  });

  test('has its own scenario, counters and seed', async () => {
    const client = await create({ ...ECHO, scenario: { steps: [{ every: 2, fault: 'crash' }] } });
    await make(client, 'same');
    await make(client, 'calm', { scenario: 'healthy' });
    await make(client, 'drawn', {
      scenario: { name: 'half', steps: [{ toxicity: 0.5, fault: 'crash' }] },
      seed: 'dice',
    });
    const statuses = async (path: string) => {
      const all = [];
      for (const prompt of ['a', 'b', 'c', 'd']) all.push(await client.met({ prompt, path }));
      return all.join(' ');
    };
    expect(await statuses('/t/same/')).toBe('200 500 200 500');
    expect(await statuses('/t/calm/')).toBe('200 200 200 200');
    expect(await statuses('/')).toBe('200 500 200 500');
    const drawn = await statuses('/t/drawn/');
    expect(await client.admin('GET /t/drawn/__admin/scenarios')).toMatchObject({
      json: { active: { name: 'half', seed: 'dice', requests: 4 } },
    });
    const { json } = await client.admin('GET /t/drawn/__admin/requests/1/why');
    expect(json).toMatchObject({ scenario: { name: 'half', seed: 'dice', request: 1 } });
    // Made anew, it is the same again.
    await client.admin('DELETE /__admin/namespaces/drawn');
    await make(client, 'drawn', {
      scenario: { name: 'half', steps: [{ toxicity: 0.5, fault: 'crash' }] },
      seed: 'dice',
    });
    expect(await statuses('/t/drawn/')).toBe(drawn);
    await client.admin('POST /t/calm/__admin/scenarios', { name: 'slow' });
    expect(client.emulator.scenario?.name).toBe('unnamed');
  });

  test('has its own sequence of answers, provider state and clock', async () => {
    const script = { answers: ['one', 'two', 'three'], echo: false };
    const client = await create({ clock: 'virtual', answer: { source: 'script', script } });
    await make(client, 'a', { scenario: { steps: [{ latency: '150s' }] } });
    await make(client, 'b');
    const answer = async (path: string) =>
      ((await (await client.ask({ path })).json()) as { prompt: string }).prompt;
    expect([await answer('/t/b/'), await answer('/t/b/'), await answer('/')]).toEqual([
      'one',
      'two',
      'one',
    ]);
    const late = answer('/t/a/');
    const before = await client.admin('GET /t/b/__admin/clock');
    const body = { by: '150s', sleeping: 1 };
    const moved = await client.admin('POST /t/a/__admin/clock/advance', body);
    expect(moved.status).toBe(200);
    expect(await late).toBe('one');
    expect((await client.admin('GET /t/b/__admin/clock')).json).toEqual(before.json);
    const state = { state: 'the function raises an exception' };
    await client.admin('POST /t/b/__admin/provider-states', state);
    expect([await client.met({ path: '/t/b/' }), await client.met()]).toEqual(['500', '200']);
  });

  test('lets waits on the wire pass by its own clock', async () => {
    const client = await create({ ...ECHO, clock: 'virtual' });
    await make(client, 'a', {
      scenario: { steps: [{ fault: { kind: 'hang', closeAfter: '9s' } }] },
    });
    const met = client.met({ path: '/t/a/' });
    await client.admin('POST /t/a/__admin/clock/advance', { by: '10s', sleeping: 1 });
    expect(await met).toBe('TypeError');
    const { json } = await client.admin('GET /t/a/__admin/requests/1');
    expect(json).toMatchObject({ durationMs: 9000, outcome: { kind: 'wire', end: 'close' } });
  });

  test('starts over alone, and lets go what hangs in it', async () => {
    const client = await create(ECHO);
    const hang = { scenario: { steps: [{ fault: 'hang' }] } };
    await make(client, 'a', hang);
    await make(client, 'b', hang);
    const outcomes: string[] = [];
    const note = async (name: string) => {
      const met = await client.met({ path: `/t/${name}/` });
      outcomes.push(`${name} ${met}`);
    };
    const requests = [note('a'), note('b')];
    for (const name of ['a', 'b']) {
      const inner = client.emulator.namespaces.get(name)?.emulator;
      while (inner?.scenario?.requests !== 1) await turn();
    }
    await client.admin('POST /__admin/reset');
    await turn();
    expect(outcomes).toEqual([]);
    await client.admin('POST /t/b/__admin/reset');
    await requests[1];
    expect(outcomes).toEqual(['b TypeError']);
    expect(await client.admin('DELETE /__admin/namespaces/a')).toMatchObject({
      json: { deleted: 'a' },
    });
    await requests[0];
    expect(outcomes).toEqual(['b TypeError', 'a TypeError']);
    expect((await client.admin('DELETE /__admin/namespaces/a')).status).toBe(404);
    expect((await client.ask({ path: '/t/a/' })).status).toBe(404);
  });

  test('ends with its time', async () => {
    const client = await create({ ...ECHO, clock: 'virtual' });
    const made = await make(client, 'a', { ttl: '10m' });
    expect(Date.parse(made.endsAt) - Date.parse(made.startedAt)).toBe(600_000);
    await make(client, 'b');
    await client.admin('POST /__admin/clock/advance', { by: '599s' });
    expect((await client.ask({ path: '/t/a/' })).status).toBe(200);
    await client.admin('POST /__admin/clock/advance', { by: '1s' });
    expect((await client.ask({ path: '/t/a/' })).status).toBe(404);
    const { json } = await client.admin('GET /__admin/namespaces');
    expect(json.namespaces.map(({ name }: { name: string }) => name)).toEqual(['b']);
    expect(json.max).toBe(NAMESPACES_MAX);
    await make(client, 'a');
  });

  test.each<readonly [object, number, string]>([
    [{}, 400, '"name"'],
    [{ name: 'a b' }, 400, 'Failed to create namespace "a b": a name is 1 to 100 letters'],
    [{ name: '../x' }, 400, 'Failed to create namespace "../x"'],
    [{ name: 'taken' }, 409, 'there is one already'],
    [{ name: 'a', scenario: 'slwo' }, 400, 'Did you mean "slow"?'],
    [{ name: 'a', scenario: { steps: [{ fault: 'reply-lots' }] } }, 400, '"reply-lost"'],
    [{ name: 'a', ttl: '0s' }, 400, 'must be longer than nothing'],
    [{ name: 'a', tll: '1s' }, 400, 'Did you mean "ttl"?'],
  ])('%j cannot be made', async (body, status, words) => {
    const client = await create(ECHO);
    await make(client, 'taken');
    const { status: answered, json } = await client.admin('POST /__admin/namespaces', body);
    expect({ answered, detail: json.detail }).toEqual({
      answered: status,
      detail: expect.stringContaining(words),
    });
    expect(client.emulator.namespaces.list()).toHaveLength(1);
  });

  test('asks for the token where there is one', async () => {
    const control = { token: 'let-me-in', isLoopback: true };
    const client = await create({ ...ECHO, namespaces: ['a'] }, { control });
    for (const name of ['a', 'b']) {
      expect((await client.fetch(`/t/${name}/__admin/ledger`)).status).toBe(401);
    }
    const headers = { authorization: 'Bearer let-me-in' };
    expect((await client.fetch('/t/a/__admin/ledger', { headers })).status).toBe(200);
    expect((await client.fetch('/t/b/__admin/ledger', { headers })).status).toBe(404);
    const foreign = { ...headers, origin: 'https://example.com' };
    expect((await client.fetch('/t/a/__admin/ledger', { headers: foreign })).status).toBe(403);
  });

  test('is told of as it was asked', async () => {
    const told: string[] = [];
    const onExchange = ({ target }: { target: string }) => told.push(target);
    const client = await create({ ...ECHO, namespaces: ['a'] }, { onExchange });
    await client.met({ path: '/t/a/?x=1' });
    await client.met();
    expect(told).toEqual(['/t/a/?x=1', '/']);
  });

  test('eight at a time, a thousand requests interleaved: each touches its own only', async () => {
    const seed = 'interleaved';
    const client = await create({ ...ECHO, journalMax: 2000, seed: 'eight' });
    const names = Array.from({ length: 8 }, (_, index) => `test-${index}`);
    for (const [index, name] of names.entries()) {
      const every = index + 2;
      const scenario = { steps: [{ every, fault: { kind: 'reply-lost', ending: 'close' } }] };
      await make(client, name, { scenario });
    }
    const random = createRandom(seed);
    const jobs = Array.from({ length: 1000 }, (_, index) => {
      const name = names[random.integer(0, 7)] ?? '';
      const prompt = `${name} ${random.integer(0, 40)}`;
      return { index, name, prompt, isByHeader: random.chance(0.5) };
    });
    const run = async (lane: number) => {
      for (const { name, prompt, isByHeader } of jobs.filter(({ index }) => index % 16 === lane)) {
        const where = isByHeader ? { headers: { 'x-test-id': name } } : { path: `/t/${name}/` };
        await client.met({ prompt, ...where });
      }
    };
    await Promise.all(Array.from({ length: 16 }, (_, lane) => run(lane)));
    for (const [index, name] of names.entries()) {
      const inner = client.emulator.namespaces.get(name)?.emulator;
      if (inner === undefined) throw new Error(`seed ${seed}: ${name} is gone`);
      const own = jobs.filter((job) => job.name === name);
      const lost = Math.floor(own.length / (index + 2));
      const different = new Set(own.map(({ prompt }) => prompt)).size;
      expect(prompts(inner).toSorted(), `seed ${seed}`).toEqual(
        own.map(({ prompt }) => prompt).toSorted(),
      );
      expect(inner.ledger.totals, `seed ${seed}`).toMatchObject({
        ...{ calls: own.length, charges: own.length, retries: own.length - different },
        ...{ paidTwice: own.length - different, undelivered: lost, underWay: 0 },
      });
      expect(inner.scenario?.requests).toBe(own.length);
      const ordinals = inner.journal.list().map(({ ordinal }) => ordinal);
      expect(ordinals.toSorted((a, b) => a - b)).toEqual(own.map((_, at) => at + 1));
    }
    expect(client.emulator.journal.total).toBe(0);
    expect(client.emulator.ledger.totals.calls).toBe(0);
  });
});

describe('over a socket', () => {
  test('methods that Node does not know, and bodies that are too large, are in it as well', async () => {
    const { emulator, port } = await startServer({ namespaces: ['a'], bodyMaxBytes: 10 });
    const client = await openClient(port);
    await client.send('BREW /t/a/ HTTP/1.1\r\nHost: localhost\r\n\r\n');
    expect((await client.answers(1))[0]?.status).toBe(405);
    const other = await openClient(port);
    await other.send(postBytes('too long', ['X-Test-Id: a']));
    expect((await other.answers(1))[0]?.status).toBe(413);
    const inner = emulator.namespaces.get('a')?.emulator;
    expect(
      inner?.journal.list().map(({ request }) => `${request.method} ${request.target}`),
    ).toEqual(['BREW /', 'POST /']);
    expect(emulator.journal.total).toBe(0);
  });

  test('a server that ends does not wait for what hangs in one', async () => {
    const { emulator, server, port } = await startServer({ namespaces: ['a'] });
    const inner = emulator.namespaces.get('a')?.emulator;
    inner?.activate({ steps: [{ fault: 'hang' }] });
    const client = await openClient(port);
    await client.send(postBytes('Why?', ['X-Test-Id: a']));
    while (inner?.scenario?.requests !== 1) await turn();
    await server.close({ drainTimeoutMs: 60_000 });
    await client.closed;
    expect(inner.journal.get(1)?.outcome).toMatchObject({ kind: 'wire', end: 'hang' });
  });
});

describe('in a program', () => {
  test('a namespace is an emulator of its own', async () => {
    const emulator = createEmulator({
      namespaces: ['a', { name: 'b', seed: 7, scenario: 'slow' }],
    });
    expect(emulator.namespaces.list().map(({ path }) => path)).toEqual(['/t/a/', '/t/b/']);
    const b = emulator.namespaces.get('b')?.emulator;
    expect(b?.scenario).toMatchObject({ name: 'slow', seed: '7' });
    expect(b?.config.seed).toBe('7');
    expect(emulator.config.seed).toBe('modal-emulator');
    const made = emulator.namespaces.create({ name: 'c' }).emulator;
    await made.fetch(new Request('http://localhost/'));
    expect([made.journal.total, emulator.journal.total]).toEqual([1, 0]);
    expect(() => made.namespaces.create({ name: 'd' })).toThrow(
      'Failed to create namespace "d": it would be in "c". Create it outside of that one.',
    );
    expect((await made.fetch(new Request('http://localhost/t/a/'))).status).toBe(404);
    emulator.setReady(false);
    const ready = await made.fetch(new Request('http://localhost/__admin/ready'));
    expect(ready.status).toBe(503);
  });

  test('there is a limit, and what is wrong with the option is told', () => {
    const names = Array.from({ length: NAMESPACES_MAX }, (_, index) => `n${index}`);
    const emulator = createEmulator({ namespaces: names, journalMax: 1 });
    expect(() => emulator.namespaces.create({ name: 'more' })).toThrow(
      'there are 100, which is all there can be. Delete some, or give them a ttl.',
    );
    emulator.namespaces.delete('n7');
    emulator.namespaces.create({ name: 'more' });
    expect(() => createEmulator({ namespaces: ['a', 'a'] })).toThrow('there is one already');
    expect(() => createEmulator({ namespaces: [{ name: 'a', scenario: 'nope' }] })).toThrow(
      'Failed to activate scenario "nope"',
    );
  });

  test('answers of one source are shared, and no namespace starts it over', () => {
    let resets = 0;
    const answers = {
      name: 'counted',
      summary: 'counts its resets',
      needsPrompt: false,
      answer: () => 'hi',
      reset: () => {
        resets += 1;
      },
    };
    const emulator = createEmulator({ namespaces: ['a'] }, { answers });
    emulator.namespaces.get('a')?.emulator.reset();
    expect(resets).toBe(0);
    emulator.reset();
    expect(resets).toBe(1);
  });
});

test.each([
  ['/', null, '/'],
  ['/t', null, '/t'],
  ['/t/', null, '/t/'],
  ['/t//', null, '/t//'],
  ['/table/a', null, '/table/a'],
  ['/t/a', 'a', '/'],
  ['/t/a?b=/t/c/', 'a', '/?b=/t/c/'],
  ['/t/a/', 'a', '/'],
  ['/t/a/b/c?d', 'a', '/b/c?d'],
  ['/t/a/t/b/', 'a', '/t/b/'],
  ['/t/%61/', '%61', '/'],
  ['/?x=/t/a/', null, '/?x=/t/a/'],
])('%s is of the namespace %s, where it is %s', (target, name, rest) => {
  expect(splitTarget(target)).toEqual({ name, rest });
});

/** Lets the event loop turn. */
function turn() {
  return new Promise((resolve) => setImmediate(resolve));
}
