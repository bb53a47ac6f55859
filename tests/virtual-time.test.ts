import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import {
  createEmulator,
  createVirtualClock,
  type Emulator,
  type EmulatorInput,
  type ScenarioOption,
} from '../src/emulator/index.ts';
import { createGate, openClient, postBytes, startServer } from './server-client.ts';

const HEADERS = { 'content-type': 'application/json' };

/** Asks the endpoint, over a socket or in process. */
function ask(emulator: Emulator, url?: string, init: RequestInit = {}): Promise<Response> {
  const request = { method: 'POST', headers: HEADERS, body: '{"prompt":"Why?"}', ...init };
  return url === undefined
    ? emulator.fetch(new Request('http://localhost/', request))
    : fetch(url, request);
}

/** Sends JSON to the control plane over a socket. */
async function post(url: string, path: string, body: object) {
  const init = { method: 'POST', headers: HEADERS, body: JSON.stringify(body) };
  const response = await fetch(`${url}/__admin${path}`, init);
  return { status: response.status, json: await response.json() };
}

const wait = (latency: string): ScenarioOption => ({ name: 'wait', steps: [{ latency }] });

/** How long the exchanges took by the emulator's clock, in milliseconds. */
const durations = ({ journal }: Emulator) => journal.list().map(({ durationMs }) => durationMs);

describe('time that moves by itself', () => {
  test('lets a wait of 150 seconds pass in no time, through a real socket', async () => {
    const { emulator, server } = await startServer({ clock: 'auto', scenario: wait('150s') });
    expect((await ask(emulator, server.url)).status).toBe(200);
    expect((await ask(emulator, server.url)).status).toBe(200);
    expect(durations(emulator)).toEqual([150_000, 150_000]);
    expect(emulator.time).toMatchObject({ mode: 'auto', sleeping: 0, nextWakeMs: null });
  });

  test('lets the same wait pass in process', async () => {
    const emulator = createEmulator({ clock: 'auto', scenario: wait('150s') });
    expect((await ask(emulator)).status).toBe(200);
    expect(durations(emulator)).toEqual([150_000]);
  });

  test.each([true, false])(
    'lets those who ask at once wait together, socket %s',
    async (isServed) => {
      const { emulator, server } = await startServer({ clock: 'auto', scenario: wait('10s') });
      const url = isServed ? server.url : undefined;
      const asked = Array.from({ length: 50 }, () => ask(emulator, url));
      await Promise.all(asked);
      expect(durations(emulator)).toEqual(Array.from({ length: 50 }, () => 10_000));
      const starts = emulator.journal.list().map(({ startedAt }) => startedAt);
      expect(new Set(starts).size).toBe(1);
    },
  );

  test('passes the silence inside a body too', async () => {
    const { emulator, server } = await startServer({
      clock: 'auto',
      answer: { source: 'echo', completion: ' Because.' },
      scenario: { steps: [{ fault: { kind: 'stall', afterBytes: 5, resumeAfter: '2m' } }] },
    });
    const body = await (await ask(emulator, server.url)).text();
    expect(body).toBe('{"prompt":"Why? Because."}');
    expect(durations(emulator)).toEqual([120_000]);
  });

  test('waits for an exchange that has something to do', async () => {
    const gate = createGate();
    const { emulator, server } = await startServer(
      {
        clock: 'auto',
        scenario: { steps: [{ when: { header: 'x-wait' }, latency: '1h' }] },
      },
      { answers: gate.source },
    );
    const startMs = emulator.clock.now();
    const working = ask(emulator, server.url);
    await gate.reached(1);
    const headers = { ...HEADERS, 'x-wait': 'yes' };
    const sleeping = ask(emulator, server.url, { headers });
    expect(await emulator.time.whenSleeping(1, 5000)).toBe(true);
    // It would have moved several times over by now.
    await turns(20);
    expect(emulator.clock.now()).toBe(startMs);
    gate.release();
    await working;
    expect(durations(emulator)).toEqual([0]);
    await gate.reached(1);
    expect(emulator.clock.now()).toBe(startMs + 3_600_000);
    gate.release();
    expect((await sleeping).status).toBe(200);
  });

  test('does not wait for those that hang, or whose client does not read', async () => {
    const large = 'x'.repeat(8 * 1024 * 1024);
    const { emulator, server } = await startServer({
      clock: 'auto',
      function: { handler: { kind: 'stream', events: Array.from({ length: 8 }, () => large) } },
      scenario: {
        steps: [
          { when: { header: 'x-hang' }, fault: 'hang' },
          { when: { header: 'x-wait' }, latency: '1h' },
        ],
      },
    });
    const hanging = await openClient(server.port);
    await hanging.send(postBytes('hang', ['X-Hang: yes']));
    const unread = await openClient(server.port);
    unread.socket.pause();
    await unread.send(postBytes('unread'));
    const inProcess = await ask(emulator);
    expect(inProcess.status).toBe(200);
    const headers = { ...HEADERS, 'x-wait': 'yes' };
    const startMs = emulator.clock.now();
    const waited = await ask(emulator, server.url, { headers });
    expect(emulator.clock.now()).toBe(startMs + 3_600_000);
    await waited.body?.cancel();
    await inProcess.body?.cancel();
  });

  test('stands still when nobody waits, and when who waited has left', async () => {
    const { emulator, server } = await startServer({
      clock: 'auto',
      scenario: { steps: [{ fault: 'hang' }] },
    });
    const startMs = emulator.clock.now();
    const client = await openClient(server.port);
    await client.send(postBytes('hang'));
    while (emulator.scenario?.requests !== 1) await turns(1);
    await turns(20);
    expect(emulator.clock.now()).toBe(startMs);
    client.socket.destroy();
    await once(client.socket, 'close');
    await turns(20);
    expect(emulator.clock.now()).toBe(startMs);
  });

  test('is not the time of those who wait for requests', async () => {
    const { emulator, server } = await startServer({ clock: 'auto', scenario: wait('1h') });
    const waiting = fetch(`${server.url}/__admin/requests/wait?count=2&timeout=60s`);
    await ask(emulator, server.url);
    await ask(emulator, server.url);
    expect((await waiting).status).toBe(200);
  });

  test('can be moved by hand besides, which closes windows and ends scenarios', async () => {
    const emulator = createEmulator({ clock: 'auto' });
    emulator.activate(
      { steps: [{ window: { from: '1m', to: '2m' }, fault: 'input-lost' }] },
      { ttlMs: 600_000 },
    );
    const statuses: number[] = [];
    for (const minutes of [0, 1, 1, 8]) {
      await emulator.time.advance(minutes * 60_000);
      statuses.push((await ask(emulator)).status);
    }
    expect(statuses).toEqual([200, 408, 200, 200]);
    expect(emulator.scenario).toBeNull();
  });
});

describe('time that is moved', () => {
  test('passes when it is told to, and stands still else', async () => {
    const { emulator, server } = await startServer({ clock: 'virtual', scenario: wait('150s') });
    const asked = ask(emulator, server.url);
    const before = await (await fetch(`${server.url}/__admin/clock`)).json();
    expect(before.mode).toBe('virtual');
    const early = await post(server.url, '/clock/advance', { by: '149999ms', sleeping: 1 });
    expect(early.json).toMatchObject({ mode: 'virtual', sleeping: 1 });
    expect(emulator.journal.total).toBe(0);
    const { status, json } = await post(server.url, '/clock/advance', { by: 1 });
    expect(status).toBe(200);
    expect(json).toMatchObject({ sleeping: 0, nextWakeAt: null });
    expect(Date.parse(json.now) - Date.parse(before.now)).toBe(150_000);
    expect((await asked).status).toBe(200);
    expect(durations(emulator)).toEqual([150_000]);
  });

  test('lets an answer of many waits come whole, each in its time', async () => {
    const { emulator, server } = await startServer({
      clock: 'virtual',
      answer: { source: 'echo', completion: '!' },
      scenario: { steps: [{ fault: { kind: 'dribble', chunkBytes: 1, interval: '1s' } }] },
    });
    const body = ask(emulator, server.url).then((response) => response.text());
    await post(server.url, '/clock/advance', { by: '1h', sleeping: 1 });
    expect(await body).toBe('{"prompt":"Why?!"}');
    // Eighteen bytes, and the pauses between them.
    expect(durations(emulator)).toEqual([17_000]);
  });

  test('moves by the sum of what two ask for at once', async () => {
    const emulator = createEmulator({ clock: 'virtual' });
    const startMs = emulator.clock.now();
    await Promise.all([emulator.time.advance(1000), emulator.time.advance(500)]);
    expect(emulator.clock.now()).toBe(startMs + 1500);
  });

  test.each([-1, Number.NaN, Infinity])('refuses to move by %s', async (durationMs) => {
    const emulator = createEmulator({ clock: 'virtual' });
    await expect(emulator.time.advance(durationMs)).rejects.toThrow(
      `Failed to move the clock by "${durationMs}": it goes on only.`,
    );
  });

  test('goes on though somebody computes for ever', async () => {
    const gate = createGate();
    const emulator = createEmulator({ clock: 'virtual' }, { answers: gate.source });
    const asked = ask(emulator);
    await gate.reached(1);
    const startMs = emulator.clock.now();
    await emulator.time.advance(1000);
    expect(emulator.clock.now()).toBe(startMs + 1000);
    gate.release();
    await asked;
  });

  test("begins at one's own clock, and can be one's own", async () => {
    const own = createVirtualClock(86_400_000);
    const begun = createEmulator({ clock: 'virtual' }, { clock: own });
    expect(begun.clock).not.toBe(own);
    expect(begun.clock.now()).toBe(86_400_000);
    const emulator = createEmulator({ scenario: wait('150s') }, { clock: own });
    expect(emulator.clock).toBe(own);
    expect(emulator.time.mode).toBe('virtual');
    const asked = ask(emulator);
    await own.whenSleeping();
    await emulator.time.advance(150_000);
    expect((await asked).status).toBe(200);
  });
});

describe('real time', () => {
  test('is what there is without the option, and cannot be moved', async () => {
    const emulator = createEmulator();
    expect(emulator.time).toMatchObject({ mode: 'real', sleeping: null, nextWakeMs: null });
    await expect(emulator.time.advance(1)).rejects.toThrow('time is real here');
    await expect(emulator.time.whenSleeping(1, 1)).rejects.toThrow('time is real here');
  });

  test('is refused where the option is something else', () => {
    // Sound for a test: this is what a user without types would write.
    const input = { clock: 'virtul' } as unknown as EmulatorInput;
    expect(() => createEmulator(input)).toThrow(
      '"clock" must be "real", "virtual" or "auto". Did you mean "virtual"?',
    );
  });
});

/** Lets the event loop turn so many times. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
