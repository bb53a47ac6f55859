import { describe, expect, test } from 'vitest';
import {
  createEmulator,
  createVirtualClock,
  type EmulatorInput,
  type ScenarioOption,
  UsageError,
} from '../src/emulator/index.ts';
import { createScenarioRun } from '../src/scenarios/engine.ts';
import { decodeToken, scenarioOf } from '../src/scenarios/token.ts';
import { type Door, describeDoors } from './doors.ts';
import { exchangeOf, struck } from './scenario-world.ts';

const JSON_TYPE = ['Content-Type', 'application/json'] as const;

/** Asks for something, and gives the status. */
async function ask({ send }: Pick<Door, 'send'>, prompt = 'Why?'): Promise<number> {
  const body = JSON.stringify({ prompt });
  return (await send({ method: 'POST', target: '/', headers: [JSON_TYPE], body })).status;
}

/** Asks so many times, one after the other. */
async function askTimes(door: Pick<Door, 'send'>, times: number): Promise<number[]> {
  const statuses: number[] = [];
  for (let time = 0; time < times; time += 1) statuses.push(await ask(door));
  return statuses;
}

/** An emulator in virtual time, without a socket. */
function createWorld(input: EmulatorInput = {}) {
  const clock = createVirtualClock();
  const emulator = createEmulator(input, { clock });
  const send: Door['send'] = async ({ method, target, body = '' }) => {
    const init = { method, headers: { 'content-type': 'application/json' }, body: String(body) };
    const response = await emulator.fetch(new Request(`http://localhost${target}`, init));
    return { status: response.status, headers: [], body: Buffer.from(await response.text()) };
  };
  return { emulator, clock, send };
}

const CRASH: ScenarioOption = { steps: [{ fault: 'crash' }] };

const EVERY_THIRD: ScenarioOption = {
  name: 'third',
  seed: 'monday',
  steps: [{ every: 3, fault: { kind: 'http-exception', status: 503, detail: 'busy' } }],
};

describeDoors('a configured scenario', { scenario: EVERY_THIRD, answer: 'echo' }, (door) => {
  test('is in force from the start, starts over with the emulator, and is in the journal', async () => {
    const { emulator } = door();
    expect(await askTimes(door(), 4)).toEqual([200, 200, 503, 200]);
    expect(emulator.scenario).toMatchObject({ name: 'third', seed: 'monday', requests: 4 });
    const told = emulator.journal.list().map(({ scenario, fault }) => [scenario, fault]);
    expect(told).toEqual([
      ['third', null],
      ['third', null],
      ['third', 'http-exception'],
      ['third', null],
    ]);
    emulator.reset();
    expect(emulator.scenario?.requests).toBe(0);
    expect(await askTimes(door(), 3)).toEqual([200, 200, 503]);
  });
});

describeDoors('scenarios at run time', {}, (door) => {
  test('take the place of one another, and can be ended', async () => {
    const { emulator } = door();
    expect(emulator.scenario).toBeNull();
    expect(await ask(door())).toBe(200);
    expect(emulator.activate(CRASH)).toMatchObject({ name: 'unnamed', steps: ['#1 crash'] });
    expect(await ask(door())).toBe(500);
    emulator.activate('healthy');
    expect(await ask(door())).toBe(200);
    expect(emulator.deactivate()).toMatchObject({ name: 'healthy', requests: 1 });
    expect(emulator.deactivate()).toBeNull();
    const told = emulator.journal.list().map(({ scenario, fault }) => [scenario, fault]);
    expect(told).toEqual([
      [null, null],
      ['unnamed', 'crash'],
      ['healthy', null],
    ]);
  });

  test('tell of every fault that was met, and of none that was not', async () => {
    const { emulator } = door();
    emulator.activate({
      steps: [
        { latency: 1 },
        { when: { prompt: 'never asked' }, fault: 'crash' },
        { fault: { kind: 'gateway', persona: 'empty-503' } },
        { fault: 'hang' },
      ],
    });
    expect(await ask(door())).toBe(503);
    expect(emulator.journal.list().at(-1)).toMatchObject({ fault: 'latency + gateway' });
    emulator.deactivate();
  });
});

describe('activation', () => {
  test('is all or nothing: a mistake leaves the old one in force, and its counters', async () => {
    const world = createWorld({ scenario: EVERY_THIRD });
    const { emulator } = world;
    await askTimes(world, 2);
    const broken = { name: 'new', steps: [{ fault: 'crash' }, { fault: { kind: 'rest' } }] };
    // Sound for a test: this is what a user without types would write.
    const activate = () => emulator.activate(broken as never);
    expect(activate).toThrow(UsageError);
    expect(activate).toThrow(
      'Failed to activate scenario "new": "steps.1.fault.kind" is not known here. ' +
        'Did you mean "reset"?',
    );
    expect(emulator.scenario).toMatchObject({ name: 'third', requests: 2 });
    expect(await ask(world)).toBe(503);
  });

  test.each([
    ['a name that nobody knows', 'slwo', 'is no built-in scenario. Did you mean "slow"?'],
    ['no scenario at all', 7, 'must be'],
    ['a loop', loop(), 'is nothing that JSON could say.'],
    ['too much', { steps: [], summary: 'x'.repeat(1024 * 1024) }, 'more than 1048576.'],
  ])('refuses %s', (_what, given, reason) => {
    const { emulator } = createWorld();
    expect(() => emulator.activate(given as never)).toThrow(UsageError);
    expect(() => emulator.activate(given as never)).toThrow(reason);
    expect(emulator.scenario).toBeNull();
  });

  test.each([
    { seed: '' },
    { ttlMs: 0 },
    { ttlMs: -1 },
    { ttlMs: Number.NaN },
    { ttlMs: Infinity },
  ])('refuses %o', (options) => {
    const { emulator } = createWorld();
    expect(() => emulator.activate('slow', options)).toThrow(/scenario "slow": "(?:seed|ttlMs)"/);
    expect(emulator.scenario).toBeNull();
  });

  test('names the place of a mistake in the options', () => {
    const input = { scenario: { steps: [{ fault: { kind: 'reset', afterBites: 1 } }] } };
    expect(() => createEmulator(input as never)).toThrow(
      'Failed to create an emulator: "scenario.steps.0.fault.afterBites" is not a known key. ' +
        'Did you mean "afterBytes"?',
    );
    expect(() => createEmulator({ scenario: 'slwo' })).toThrow(
      'Failed to create an emulator: "scenario" is no built-in scenario. Did you mean "slow"?',
    );
  });

  test('takes the seed that is given, else that of the scenario, else that of the emulator', () => {
    const { emulator } = createWorld({ seed: 'emulator' });
    expect(emulator.activate(EVERY_THIRD, { seed: 'given' }).seed).toBe('given');
    expect(emulator.activate(EVERY_THIRD).seed).toBe('monday');
    expect(emulator.activate(CRASH).seed).toBe('emulator');
    const configured = (input: EmulatorInput) => createEmulator(input).scenario?.seed;
    expect(configured({ scenario: EVERY_THIRD })).toBe('monday');
    expect(configured({ scenario: EVERY_THIRD, seed: 'own' })).toBe('own');
    expect(configured({ scenario: CRASH })).toBe('modal-emulator');
  });

  test('gives a token from which the same run can be had again', async () => {
    const steps = [{ name: 'rare', toxicity: 0.3, fault: 'crash' as const }];
    const world = createWorld({ scenario: { name: 'rare', steps }, seed: 'token-test' });
    const statuses = await askTimes(world, 30);
    const { token } = decodeToken(world.emulator.scenario?.token ?? '');
    if (token === null) throw new Error('the token cannot be read');
    const { scenario } = scenarioOf(token);
    if (scenario === null) throw new Error('the token has no scenario');
    const again = createWorld({ scenario: { name: 'rare', steps }, seed: token.seed });
    expect(await askTimes(again, 30)).toEqual(statuses);
    expect(new Set(statuses)).toEqual(new Set([200, 500]));
    // And it is the run of the engine, with nothing added.
    const run = createScenarioRun(scenario, { seed: token.seed, clock: createVirtualClock() });
    const core = () => ({ kind: 'abandoned' as const });
    const drawn = statuses.map(() => {
      const exchange = exchangeOf({ prompt: 'Why?' });
      return struck(run.apply(exchange, core).decision).length === 0 ? 200 : 500;
    });
    expect(drawn).toEqual(statuses);
  });
});

describe('a time to live', () => {
  test('ends a scenario by the clock, and not before', async () => {
    const world = createWorld();
    const { emulator, clock } = world;
    const { startedMs, endsMs } = emulator.activate(CRASH, { ttlMs: 30_000 });
    expect([startedMs, endsMs]).toEqual([0, 30_000]);
    await clock.advance(29_999);
    expect(await ask(world)).toBe(500);
    await clock.advance(1);
    expect(await ask(world)).toBe(200);
    expect(emulator.scenario).toBeNull();
    expect(emulator.deactivate()).toBeNull();
  });

  test('goes on when the emulator starts over', async () => {
    const { emulator, clock } = createWorld();
    emulator.activate(CRASH, { ttlMs: 30_000 });
    await clock.advance(20_000);
    emulator.reset();
    expect(emulator.scenario).toMatchObject({ startedMs: 20_000, endsMs: 30_000 });
    await clock.advance(10_000);
    expect(emulator.scenario).toBeNull();
    emulator.reset();
    expect(emulator.scenario).toBeNull();
  });
});

describe('starting over', () => {
  test('begins counters, attempts and windows again', async () => {
    const world = createWorld({
      scenario: {
        steps: [
          { times: 1, fault: { kind: 'http-exception', status: 418, detail: 'once' } },
          {
            when: { attempt: 2 },
            fault: { kind: 'http-exception', status: 419, detail: 'second attempt' },
          },
          {
            window: { from: '10s', to: '20s' },
            fault: { kind: 'http-exception', status: 420, detail: 'window' },
          },
        ],
      },
    });
    const { emulator, clock } = world;
    const life = async () => {
      const first = await askTimes(world, 3);
      await clock.advance(15_000);
      return [...first, await ask(world)];
    };
    expect(await life()).toEqual([418, 419, 200, 420]);
    emulator.reset();
    expect(await life()).toEqual([418, 419, 200, 420]);
  });

  test('lets nobody wait any longer, and leaves no trace of them', async () => {
    const { emulator, clock, send } = createWorld({ scenario: { steps: [{ latency: '1h' }] } });
    const asked = ask({ send }).catch((error: unknown) => String(error));
    await clock.whenSleeping();
    emulator.reset();
    expect(await asked).toBe('TypeError: fetch failed');
    expect(clock.sleeping).toBe(0);
    expect(emulator.journal.total).toBe(0);
    expect(emulator.scenario?.requests).toBe(0);
  });
});

test('an exchange ends in the scenario that it began in', async () => {
  const { emulator, clock, send } = createWorld({
    scenario: { name: 'late', steps: [{ latency: '10s', fault: 'crash' }] },
  });
  const asked = ask({ send });
  await clock.whenSleeping();
  emulator.activate('healthy');
  await clock.advance(10_000);
  expect(await asked).toBe(500);
  expect(emulator.journal.get(1)).toMatchObject({ scenario: 'late', fault: 'latency + crash' });
});

test('with no scenario in force, an exchange is answered at once and not through anything', () => {
  const { emulator } = createWorld();
  const call = {
    method: 'GET',
    target: '/nowhere',
    rawHeaders: [],
    header: () => null,
    body: new Uint8Array(),
    signal: () => new AbortController().signal,
  };
  expect(emulator.handle(call)).not.toBeInstanceOf(Promise);
  emulator.activate('healthy');
  expect(emulator.handle(call)).toBeInstanceOf(Promise);
  emulator.deactivate();
  expect(emulator.handle(call)).not.toBeInstanceOf(Promise);
});

/** What JSON cannot say. */
function loop(): object {
  const steps: unknown[] = [];
  steps.push(steps);
  return { steps };
}
