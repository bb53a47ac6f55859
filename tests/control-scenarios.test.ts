import { describe, expect, test } from 'vitest';
import { CATALOG } from '../src/scenarios/catalog.ts';
import { createVirtualClock } from '../src/scenarios/clock.ts';
import { createWorld as createControlWorld } from './control-world.ts';
import { type Door, describeDoors } from './doors.ts';

/** Sends a request to the control plane. */
async function control({ send }: Door, line: string, body?: object) {
  const [method = 'GET', target = '/'] = line.split(' ');
  const answer = await send({
    method,
    target: `/__admin${target}`,
    headers: body === undefined ? [] : [['Content-Type', 'application/json']],
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: JSON.parse(answer.body.toString()) };
}

/** Asks the endpoint, and gives the status. */
async function ask({ send }: Door, prompt = 'Why?'): Promise<number> {
  const headers = [['Content-Type', 'application/json']] as const;
  const body = JSON.stringify({ prompt });
  return (await send({ method: 'POST', target: '/', headers, body })).status;
}

const OPTIONS = { seed: 'control-scenarios' };

/** At a time that stands still, at 0. */
const surroundings = () => ({ clock: createVirtualClock() });

const scenarioTests = (door: () => Door) => {
  test('lists what is built in and what is in force', async () => {
    const { status, json } = await control(door(), 'GET /scenarios');
    expect(status).toBe(200);
    expect(json.active).toBeNull();
    expect(json.scenarios).toEqual(
      Object.fromEntries(CATALOG.map(({ name, summary }) => [name, summary])),
    );
  });

  test('puts a built-in one in force by its name, and ends it', async () => {
    const body = { name: 'slow', seed: 'monday', ttl: '30s' };
    const { status, json } = await control(door(), 'POST /scenarios', body);
    expect(status).toBe(200);
    expect(json.active).toMatchObject({
      name: 'slow',
      seed: 'monday',
      requests: 0,
      steps: ['#1 latency'],
      startedAt: '1970-01-01T00:00:00.000Z',
      endsAt: '1970-01-01T00:00:30.000Z',
    });
    expect(json.active.token).toMatch(/^r1\./);
    expect((await control(door(), 'GET /scenarios')).json.active).toEqual(json.active);
    const ended = await control(door(), 'DELETE /scenarios');
    expect(ended.json).toEqual({ ended: json.active });
    expect((await control(door(), 'DELETE /scenarios')).json).toEqual({ ended: null });
  });

  test('puts one in force as it is written, and tells why a request got what it got', async () => {
    const { emulator } = door();
    emulator.reset();
    const steps = [
      { every: 2, fault: { kind: 'http-exception', status: 503, detail: 'busy' } },
      { name: 'never', toxicity: 0, fault: 'crash' },
    ];
    const activated = await control(door(), 'POST /scenarios', { scenario: { steps } });
    expect(activated.json.active).toMatchObject({ name: 'unnamed', endsAt: null });
    expect([await ask(door()), await ask(door())]).toEqual([200, 503]);
    const { status, json } = await control(door(), 'GET /requests/2/why');
    expect(status).toBe(200);
    expect(json).toMatchObject({
      ordinal: 2,
      fault: 'http-exception',
      scenario: {
        name: 'unnamed',
        seed: 'control-scenarios',
        token: activated.json.active.token,
        request: 2,
        attempt: 2,
        struck: [{ step: '#1 http-exception', reason: 'it is for this request' }],
        nearest: { step: 'never', threshold: 0 },
      },
    });
    expect(json.text).toContain(`--replay ${activated.json.active.token}`);
    const found = await control(door(), 'POST /requests/find', {
      match: { scenario: 'unnamed', fault: 'http-exception' },
    });
    expect(found.json.requests.map(({ ordinal }: { ordinal: number }) => ordinal)).toEqual([2]);
    await control(door(), 'DELETE /scenarios');
    await ask(door());
    const none = await control(door(), 'GET /requests/3/why');
    expect(none.json).toMatchObject({ fault: null, scenario: null });
    const unknown = await control(door(), 'GET /requests/99/why');
    expect(unknown.status).toBe(404);
    expect(unknown.json.detail).toMatch(/^Failed to find exchange "99": the journal keeps 1 to 3/);
  });

  test('refuses a scenario with mistakes, names their places, and leaves the old one', async () => {
    await control(door(), 'POST /scenarios', { name: 'healthy' });
    const steps = [{ fault: { kind: 'reset', afterBites: 3 }, evry: 2 }, { fault: 'rset' }];
    const { status, json } = await control(door(), 'POST /scenarios', {
      scenario: { name: 'bad', steps },
    });
    expect(status).toBe(400);
    expect(json).toEqual({
      type: 'urn:modal-emulator:problem:invalid-scenario',
      title: 'Invalid scenario',
      status: 400,
      detail:
        'Failed to activate scenario "bad": "steps.0.fault.afterBites" is not a known key. Did ' +
        'you mean "afterBytes"? "steps.0.evry" is not a known key. Did you mean "every"? ' +
        '"steps.1.fault" is not known here. Did you mean "reset"? Correct what is named. ' +
        '"healthy" stays in force.',
      instance: '/__admin/scenarios',
      problems: [
        {
          path: 'steps.0.fault.afterBites',
          message: 'is not a known key. Did you mean "afterBytes"?',
        },
        { path: 'steps.0.evry', message: 'is not a known key. Did you mean "every"?' },
        { path: 'steps.1.fault', message: 'is not known here. Did you mean "reset"?' },
      ],
    });
    expect(door().emulator.scenario?.name).toBe('healthy');
  });

  test.each(['name', 'scenario'])('refuses a %s that nobody knows', async (key) => {
    await control(door(), 'DELETE /scenarios');
    const { status, json } = await control(door(), 'POST /scenarios', { [key]: 'slwo' });
    expect([status, json.type]).toEqual([404, 'urn:modal-emulator:problem:unknown-scenario']);
    expect(json.detail).toBe(
      'Failed to activate scenario "slwo": it is no built-in scenario. Did you mean "slow"? ' +
        'GET /__admin/scenarios lists them.',
    );
  });

  test.each([
    [{}, /the body names none\. Send \{"name": "slow"\}/],
    [{ name: 'slow', scenario: { steps: [] } }, /has both "name" and "scenario"/],
    [{ name: 'slow', tll: '3s' }, /"tll": unknown key\. Did you mean "ttl"\?/],
    [{ name: 'slow', ttl: '3 parsecs' }, /"ttl" "3 parsecs": must be milliseconds/],
    [{ name: 'slow', ttl: 0 }, /"ttl" "0": must be longer than nothing/],
    [{ name: 'slow', seed: '' }, /"seed" ""/],
    [{ name: 7 }, /"name" "7"/],
    [{ scenario: 7 }, /it must be .*a mapping/],
  ])('refuses %o', async (body, detail) => {
    const { status, json } = await control(door(), 'POST /scenarios', body);
    expect(json.detail).toMatch(detail);
    expect(status).toBe(400);
    expect(door().emulator.scenario).toBeNull();
  });

  test('takes a body of a mebibyte, and none that is larger', async () => {
    const steps = (bytes: number) => ({
      scenario: { steps: [{ when: { prompt: 'x'.repeat(bytes) }, fault: 'crash' }] },
    });
    const large = await control(door(), 'POST /scenarios', steps(100_000));
    expect(large.json.detail).toMatch(/"steps\.0\.when\.prompt" must be at most 10000 characters/);
    const { status, json } = await control(door(), 'POST /scenarios', steps(1024 * 1024));
    expect(status).toBe(413);
    expect(json.detail).toBe(
      'Failed to read the body: it is larger than 1048576 bytes. ' +
        'Split the scenario into several, or say more with fewer steps.',
    );
  });
};

describeDoors('scenarios of the control plane', OPTIONS, scenarioTests, surroundings);

describe('the clock of the control plane', () => {
  test('says what time it is, and cannot be moved where it is real', async () => {
    const { sendJson } = createControlWorld({
      time: {
        clock: { now: () => 1500, sleep: async () => {} },
        mode: 'real',
        sleeping: null,
        nextWakeMs: null,
        advance: async () => {},
        whenSleeping: async () => true,
      },
    });
    expect((await sendJson('GET /__admin/clock')).json).toEqual({
      mode: 'real',
      now: '1970-01-01T00:00:01.500Z',
      sleeping: null,
      nextWakeAt: null,
    });
    const { status, json } = await sendJson('POST /__admin/clock/advance', { body: { by: '1s' } });
    expect([status, json.type]).toEqual([409, 'urn:modal-emulator:problem:clock-is-real']);
    expect(json.detail).toContain('Start with --clock virtual');
  });

  test.each([
    [{}, /"by"/],
    [{ by: '-1s' }, /must be milliseconds/],
    [{ by: '1s', sleeping: 0 }, /must be from 1/],
    [{ by: '1s', until: 3 }, /"until": unknown key/],
  ])('refuses %o', async (body, detail) => {
    const { sendJson } = createControlWorld();
    const { status, json } = await sendJson('POST /__admin/clock/advance', { body });
    expect(status).toBe(400);
    expect(json.detail).toMatch(detail);
  });

  test('tells when nobody sleeps who should', async () => {
    const { sendJson } = createControlWorld({
      time: {
        clock: { now: () => 0, sleep: async () => {} },
        mode: 'virtual',
        sleeping: 1,
        nextWakeMs: 1000,
        advance: async () => {},
        whenSleeping: async () => false,
      },
    });
    const body = { by: '1s', sleeping: 2 };
    const { status, json } = await sendJson('POST /__admin/clock/advance', { body });
    expect(status).toBe(408);
    expect(json).toMatchObject({ wanted: 2, sleeping: 1 });
    expect(json.detail).toMatch(/^Failed to wait for sleeping exchanges "2": after 5000 ms/);
  });
});
