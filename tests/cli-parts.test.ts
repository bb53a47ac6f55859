import { EventEmitter } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createAccess } from '../src/cli/serve/access.ts';
import { waitForShutdown } from '../src/cli/serve/shutdown.ts';
import { parseBytes, parseDuration } from '../src/cli/units.ts';
import { createVirtualClock } from '../src/scenarios/clock.ts';

describe('amounts of bytes', () => {
  test.each([
    ['0', 0],
    ['65536', 65_536],
    ['64MiB', 64 * 1024 * 1024],
    ['64 mib', 64 * 1024 * 1024],
    ['4GiB', 4 * 1024 ** 3],
    ['1.5KiB', 1536],
    ['2kB', 2000],
    ['10B', 10],
    ['1GB', 1_000_000_000],
  ])('%s', (text, bytes) => {
    expect(parseBytes(text)).toBe(bytes);
  });

  test.each(['', 'x', '-1', '1e3', '64M', '1 2', '0x10', 'MiB', '1.', 'NaN', '1constructor'])(
    'not %j',
    (text) => {
      expect(parseBytes(text)).toBeNull();
    },
  );
});

describe('durations', () => {
  test.each([
    ['250', 250],
    ['250ms', 250],
    ['10s', 10_000],
    ['1.5m', 90_000],
    ['2 min', 120_000],
    ['1h', 3_600_000],
  ])('%s', (text, milliseconds) => {
    expect(parseDuration(text)).toBe(milliseconds);
  });

  test.each(['', 's', '-1s', '1d', '1s2'])('not %j', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('access to the control plane', () => {
  const generate = () => 'made';

  test.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost', 'LOCALHOST'])(
    'from this machine alone (%s) needs no token',
    (host) => {
      const access = createAccess(host, undefined, generate);
      expect(access).toEqual({ isLoopback: true, token: null, generatedToken: null });
    },
  );

  test.each([
    '0.0.0.0',
    '::',
    '192.168.0.1',
    'example.com',
    '127.0.0.1.example.com',
    '127.0.0.256',
  ])('from elsewhere (%s) needs one, which is made when it is not given', (host) => {
    const access = createAccess(host, undefined, generate);
    expect(access).toEqual({ isLoopback: false, token: 'made', generatedToken: 'made' });
    const given = createAccess(host, 'own', generate);
    expect(given).toEqual({ isLoopback: false, token: 'own', generatedToken: null });
  });

  test('asks for a given token on this machine too', () => {
    expect(createAccess('::1', 'own', generate)).toMatchObject({ isLoopback: true, token: 'own' });
  });
});

describe('shutdown', () => {
  function start(drain: () => Promise<void>) {
    const signals = new EventEmitter();
    const exits: number[] = [];
    const clock = createVirtualClock();
    const stopped = waitForShutdown({ signals, clock, drain, exit: (code) => exits.push(code) });
    return { signals, clock, exits, stopped };
  }

  test.each(['SIGINT', 'SIGTERM'] as const)('%s drains and then resolves', async (signal) => {
    let drains = 0;
    const { signals, exits, stopped } = start(async () => {
      drains += 1;
    });
    signals.emit(signal, signal);
    await stopped;
    expect({ drains, exits }).toEqual({ drains: 1, exits: [] });
  });

  test('a second signal ends the process at once', () => {
    let drains = 0;
    const { signals, exits } = start(() => {
      drains += 1;
      return new Promise(() => {});
    });
    signals.emit('SIGTERM', 'SIGTERM');
    signals.emit('SIGINT', 'SIGINT');
    expect({ drains, exits }).toEqual({ drains: 1, exits: [130] });
  });

  test('the same one again counts only when it cannot be the same press', async () => {
    const { signals, clock, exits } = start(() => new Promise(() => {}));
    signals.emit('SIGINT', 'SIGINT');
    await clock.advance(199);
    signals.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([]);
    await clock.advance(1);
    signals.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([130]);
  });

  test('a drain that fails is an error, not silence', async () => {
    const { signals, stopped } = start(() => Promise.reject(new Error('drain')));
    signals.emit('SIGINT', 'SIGINT');
    await expect(stopped).rejects.toThrow('drain');
  });
});
