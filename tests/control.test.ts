import { describe, expect, test } from 'vitest';
import { isControlPath } from '../src/emulator/control/port.ts';
import { createWorld } from './control-world.ts';

const ordinals = (json: { requests: { ordinal: number }[] }) =>
  json.requests.map((exchange) => exchange.ordinal);

test('the control plane owns /__admin and what is below, and nothing else', () => {
  expect(['/__admin', '/__admin/', '/__admin/x'].map(isControlPath)).toEqual([true, true, true]);
  expect(['/', '/__adminx', '/x/__admin', '/__Admin'].filter(isControlPath)).toEqual([]);
});

/** What cannot be said with nothing. */
const BODIES: Readonly<Record<string, object>> = {
  'POST /__admin/scenarios': { name: 'slow' },
  'POST /__admin/clock/advance': { by: '1s' },
  'POST /__admin/namespaces': { name: 'new' },
};

describe('what there is', () => {
  test('the index names every route, and every named route exists', async () => {
    const { sendJson } = createWorld();
    const { status, json } = await sendJson('GET /__admin');
    expect(status).toBe(200);
    expect(Object.keys(json.routes)).toEqual([
      'GET /__admin',
      'GET /__admin/health',
      'GET /__admin/ready',
      'GET /__admin/requests',
      'DELETE /__admin/requests',
      'POST /__admin/requests/find',
      'POST /__admin/requests/count',
      'GET /__admin/requests/wait',
      'POST /__admin/requests/wait',
      'GET /__admin/requests/:ordinal',
      'GET /__admin/requests/:ordinal/why',
      'GET /__admin/scenarios',
      'POST /__admin/scenarios',
      'DELETE /__admin/scenarios',
      'GET /__admin/clock',
      'POST /__admin/clock/advance',
      'GET /__admin/ledger',
      'DELETE /__admin/ledger',
      'GET /__admin/namespaces',
      'POST /__admin/namespaces',
      'DELETE /__admin/namespaces/:name',
      'GET /__admin/provider-states',
      'POST /__admin/provider-states',
      'POST /__admin/reset',
      'GET /__admin/config',
      'GET /__admin/openapi.json',
      'GET /__admin/version',
    ]);
    for (const line of Object.keys(json.routes)) {
      const world = createWorld();
      world.arrive();
      const options = line in BODIES ? { body: BODIES[line] } : {};
      const path = line.replace(':ordinal', '1').replace(':name', 'known');
      expect((await world.send(path, options)).status, line).toBe(200);
    }
    expect((await sendJson('GET /__admin/')).json).toEqual(json);
  });

  test('health, version and configuration', async () => {
    const { sendJson } = createWorld();
    expect((await sendJson('GET /__admin/health')).json).toEqual({ status: 'healthy' });
    expect((await sendJson('GET /__admin/version')).json).toEqual({ version: '1.2.3' });
    const config = await sendJson('GET /__admin/config');
    expect(config.json).toEqual({ answer: { source: 'hello' } });
  });

  test('ready until the server drains, healthy all the time', async () => {
    let isReady = true;
    const { sendJson } = createWorld({ isReady: () => isReady });
    expect((await sendJson('GET /__admin/ready')).json).toEqual({ status: 'ready' });
    isReady = false;
    const draining = await sendJson('GET /__admin/ready');
    expect(draining.status).toBe(503);
    expect(draining.json.type).toBe('urn:modal-emulator:problem:not-ready');
    expect((await sendJson('GET /__admin/health')).status).toBe(200);
  });
});

describe('the list', () => {
  test('newest last, by limit, since, and both', async () => {
    const { sendJson, arrive } = createWorld();
    for (let index = 0; index < 5; index += 1) arrive();
    const all = await sendJson('GET /__admin/requests');
    expect(all.json).toMatchObject({ total: 5, evicted: 0 });
    expect(ordinals(all.json)).toEqual([1, 2, 3, 4, 5]);
    const list = async (query: string) =>
      ordinals((await sendJson(`GET /__admin/requests?${query}`)).json);
    expect(await list('limit=2')).toEqual([4, 5]);
    expect(await list('limit=0')).toEqual([]);
    expect(await list('limit=9')).toEqual([1, 2, 3, 4, 5]);
    expect(await list('since=3')).toEqual([4, 5]);
    expect(await list('since=1&limit=2')).toEqual([2, 3]);
    expect(await list('since=5')).toEqual([]);
  });

  test('the total stays exact when exchanges are evicted', async () => {
    const { sendJson, arrive } = createWorld({ journalMax: 2 });
    for (let index = 0; index < 5; index += 1) arrive();
    const { json } = await sendJson('GET /__admin/requests');
    expect(json).toMatchObject({ total: 5, evicted: 3 });
    expect(ordinals(json)).toEqual([4, 5]);
  });

  test('one exchange by its ordinal; a missing one says what is kept', async () => {
    const { sendJson, arrive } = createWorld({ journalMax: 2 });
    const none = await sendJson('GET /__admin/requests/1');
    expect(none.json.detail).toContain('keeps none of the 0');
    for (let index = 0; index < 3; index += 1) arrive({ prompt: `p${index + 1}` });
    const { json } = await sendJson('GET /__admin/requests/3');
    expect(json).toMatchObject({ ordinal: 3, request: { prompt: 'p3' } });
    const missing = await sendJson('GET /__admin/requests/1');
    expect(missing.status).toBe(404);
    expect(missing.json.detail).toContain('the journal keeps 2 to 3, 1 before were evicted');
  });

  test('clear forgets the exchanges, reset starts over', async () => {
    const { sendJson, arrive, journal } = createWorld();
    arrive();
    arrive();
    expect((await sendJson('DELETE /__admin/requests')).json).toEqual({ cleared: 2 });
    expect(journal.total).toBe(0);
    arrive();
    expect(journal.list()[0]?.ordinal).toBe(3);
    expect((await sendJson('POST /__admin/reset')).json).toEqual({ status: 'reset' });
    arrive();
    expect(journal.list().map((exchange) => exchange.ordinal)).toEqual([1]);
  });
});
