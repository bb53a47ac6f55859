import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createRealClock, createVirtualClock } from '../src/scenarios/clock.ts';

describe('the virtual clock', () => {
  test('stands still until it is moved', async () => {
    const clock = createVirtualClock(1000);
    expect(clock.now()).toBe(1000);
    await clock.advance(250);
    expect(clock.now()).toBe(1250);
  });

  test('wakes the earliest first, and those of one time in the order they came', async () => {
    const clock = createVirtualClock();
    const woken: string[] = [];
    const sleep = (name: string, durationMs: number) =>
      clock.sleep(durationMs).then(() => woken.push(`${name} at ${clock.now()}`));
    void sleep('late', 30);
    void sleep('first of ten', 10);
    void sleep('second of ten', 10);
    void sleep('beyond', 31);
    expect(clock.sleeping).toBe(4);
    await clock.advance(30);
    expect(woken).toEqual(['first of ten at 10', 'second of ten at 10', 'late at 30']);
    expect(clock.sleeping).toBe(1);
  });

  test('wakes exactly at the time, not before it', async () => {
    const clock = createVirtualClock();
    let isAwake = false;
    void clock.sleep(150_000).then(() => {
      isAwake = true;
    });
    await clock.advance(149_999);
    expect(isAwake).toBe(false);
    await clock.advance(1);
    expect(isAwake).toBe(true);
  });

  test('wakes a sleeper that sleeps again inside the span', async () => {
    const clock = createVirtualClock();
    const times: number[] = [];
    const ticking = (async () => {
      for (let tick = 0; tick < 3; tick += 1) {
        await clock.sleep(10);
        times.push(clock.now());
      }
    })();
    void clock.sleep(15).then(() => times.push(clock.now()));
    await clock.advance(100);
    await ticking;
    expect(times).toEqual([10, 15, 20, 30]);
    expect(clock.now()).toBe(100);
  });

  test.each([0, -5])('a sleep of %d ms waits for the next move, and no time passes', async (ms) => {
    const clock = createVirtualClock(7);
    let wokenAt: number | null = null;
    void clock.sleep(ms).then(() => {
      wokenAt = clock.now();
    });
    await Promise.resolve();
    expect(wokenAt).toBeNull();
    await clock.advance(0);
    expect(wokenAt).toBe(7);
  });

  test('steps from waking to waking, and no further than a limit', async () => {
    const clock = createVirtualClock(100);
    const woken: string[] = [];
    const sleep = async (name: string, durationMs: number) => {
      await clock.sleep(durationMs);
      woken.push(name);
    };
    const all = [sleep('late', 20), sleep('early', 10), sleep('as early', 10)];
    expect(clock.nextWakeMs).toBe(110);
    clock.step(105);
    expect([clock.now(), clock.sleeping]).toEqual([105, 3]);
    clock.step(1000);
    expect([clock.now(), clock.sleeping]).toEqual([110, 1]);
    await Promise.all(all.slice(1));
    expect(woken).toEqual(['early', 'as early']);
    clock.step(120);
    await all[0];
    expect([clock.now(), clock.nextWakeMs]).toEqual([120, null]);
    clock.step(130);
    expect(clock.now()).toBe(130);
    clock.step(5);
    expect(clock.now()).toBe(130);
  });

  test('an abort ends the sleep with its reason, and leaves nothing behind', async () => {
    const clock = createVirtualClock();
    const controller = new AbortController();
    const reason = new Error('the client left');
    const slept = clock.sleep(10, controller.signal);
    controller.abort(reason);
    await expect(slept).rejects.toBe(reason);
    expect(clock.sleeping).toBe(0);
    await expect(clock.sleep(10, controller.signal)).rejects.toBe(reason);
    expect(clock.sleeping).toBe(0);
  });

  test('a sleeper that woke no longer listens to its signal', async () => {
    const clock = createVirtualClock();
    const { signal } = new AbortController();
    const slept = clock.sleep(10, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await clock.advance(10);
    await slept;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('the real clock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test('goes on where the system stood, in milliseconds of its epoch', () => {
    vi.useRealTimers();
    const clock = createRealClock();
    const readings = Array.from({ length: 1000 }, () => clock.now());
    expect(readings.toSorted((one, other) => one - other)).toEqual(readings);
    // Far from zero, whatever the day: it is the epoch's time and not the process's.
    expect(readings[0]).toBeGreaterThan(Date.UTC(2020));
  });

  test('does not run backwards when the system is set back', () => {
    const clock = createRealClock();
    const before = clock.now();
    vi.setSystemTime(0);
    expect(clock.now()).toBeGreaterThanOrEqual(before);
  });

  test('wakes after the time that was asked for', async () => {
    const clock = createRealClock();
    const slept = vi.fn();
    void clock.sleep(50).then(slept);
    await vi.advanceTimersByTimeAsync(49);
    expect(slept).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(slept).toHaveBeenCalledOnce();
  });

  test('an abort ends the sleep with its reason, and leaves no timer', async () => {
    const clock = createRealClock();
    const controller = new AbortController();
    const reason = new Error('the client left');
    const slept = clock.sleep(60_000, controller.signal);
    expect(vi.getTimerCount()).toBe(1);
    controller.abort(reason);
    await expect(slept).rejects.toBe(reason);
    await expect(clock.sleep(60_000, controller.signal)).rejects.toBe(reason);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a sleeper that woke no longer listens to its signal', async () => {
    const { signal } = new AbortController();
    const slept = createRealClock().sleep(10, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(10);
    await slept;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});
