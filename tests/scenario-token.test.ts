import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findBuiltIn } from '../src/scenarios/catalog.ts';
import { createVirtualClock } from '../src/scenarios/clock.ts';
import { createScenarioRun } from '../src/scenarios/engine.ts';
import { parseScenario, type Scenario } from '../src/scenarios/scenario.ts';
import {
  decodeToken,
  encodeToken,
  type ReplayToken,
  scenarioOf,
  tokenOf,
} from '../src/scenarios/token.ts';
import { exchangeOf, reply } from './scenario-world.ts';

function read(steps: readonly object[], name = 'mine'): Scenario {
  const { scenario, issues } = parseScenario({ name, steps });
  if (scenario === null) throw new Error(JSON.stringify(issues));
  return scenario;
}

function decode(text: string): ReplayToken {
  const { token, reason } = decodeToken(text);
  if (token === null) throw new Error(reason);
  return token;
}

const flaky = [{ toxicity: 0.5, fault: 'noop' }, { latency: { p50: '1ms', p99: '2ms' } }];
const large = Array.from({ length: 200 }, () => ({ toxicity: 0.5, fault: 'noop' }));
const slow = findBuiltIn('slow') ?? read([]);

describe('a token', () => {
  test('comes back as it was, and needs no quotes anywhere', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.option(fc.array(fc.object({ maxDepth: 2 }), { maxLength: 5 })),
        (seed, steps) => {
          // JSON has no undefined, -0 or NaN.
          const plain = JSON.parse(JSON.stringify(steps)) as object[] | null;
          const token = { seed, name: 'a', digest: 'd', steps: plain };
          const text = encodeToken(token);
          expect(text).toMatch(/^[\w.-]+$/);
          expect(decodeToken(`  ${text}\n`)).toEqual({ token, reason: null });
        },
      ),
    );
  });

  test('gives the same run again', () => {
    const fates = (scenario: Scenario, seed: string) => {
      const run = createScenarioRun(scenario, { seed, clock: createVirtualClock() });
      const draws = Array.from({ length: 50 }, (_, index) => {
        const { decision } = run.apply(exchangeOf({ prompt: `${index}` }), () => reply(''));
        return decision.notes.map(({ draw, stoppedAt }) => [draw, stoppedAt]);
      });
      return { draws, token: run.token };
    };
    const first = fates(read(flaky), 'monday');
    const token = decode(first.token);
    const { scenario } = scenarioOf(token);
    expect(fates(scenario ?? read([]), token.seed)).toEqual(first);
    expect(fates(read(flaky), 'tuesday').draws).not.toEqual(first.draws);
  });

  test('holds steps that are few and not built in', () => {
    expect(decode(tokenOf(read(flaky), 's')).steps).toEqual(flaky);
    expect(decode(tokenOf(slow, 's')).steps).toBeNull();
    expect(decode(tokenOf(read(large), 's')).steps).toBeNull();
    // A scenario of one's own that has a built-in one's name is one's own.
    expect(decode(tokenOf(read(flaky, 'slow'), 's')).steps).toEqual(flaky);
  });

  test('finds its scenario: built in, its own, or given', () => {
    expect(scenarioOf(decode(tokenOf(slow, 's'))).scenario).toBe(slow);
    expect(scenarioOf(decode(tokenOf(read(flaky), 's'))).scenario?.digest).toBe(read(flaky).digest);
    const given = read(large);
    expect(scenarioOf(decode(tokenOf(given, 's')), given).scenario).toBe(given);
  });

  test('says what is missing, or what has changed since', () => {
    const token = decode(tokenOf(read(large), 's'));
    expect(scenarioOf(token).reason).toBe(
      'it is of the scenario "mine", which is not built in. Give its file as well.',
    );
    const changed = read([...large, { latency: 1 }]);
    expect(scenarioOf(token, changed)).toEqual({
      scenario: null,
      reason:
        `the scenario "mine" is not what it was in that run (${token.digest} then, ` +
        `${changed.digest} now). Use the file, or the version of the emulator, of that run.`,
    });
  });
});

describe('what is no token is refused', () => {
  const good = tokenOf(read(flaky), 'monday');

  test.each([
    ['', /does not have the form r1\./],
    ['monday', /does not have the form/],
    [good.slice(0, -1), /a character is missing or wrong/],
    [good.slice(0, 20) + good.slice(21), /a character is missing or wrong/],
    [good.replace(/^r1/, 'r2'), /of the kind "r2", and this version reads "r1"/],
    [`r1.${'a'.repeat(9000)}.123456`, /more than 8000 characters/],
  ])('%s', (text, reason) => {
    expect(decodeToken(text).reason).toMatch(reason);
    expect(decodeToken(text).reason).toMatch(/\. Copy the whole token, as it is printed/);
  });

  test('any one character that is changed', () => {
    fc.assert(
      fc.property(
        fc.nat(good.length - 1),
        fc.constantFrom(...'abcXYZ019-_.'),
        (index, character) => {
          fc.pre(good[index] !== character);
          const text = good.slice(0, index) + character + good.slice(index + 1);
          expect(decodeToken(text).token).toBeNull();
        },
      ),
    );
  });

  test('one that says no run', () => {
    const odd = encodeToken({ seed: '', name: 'a', digest: 'd', steps: null });
    expect(decodeToken(odd).reason).toMatch(/^what it says is no run\./);
  });
});
