import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../src/scenarios/random.ts';

function draws(random: Random, count = 20): number[] {
  return Array.from({ length: count }, () => random.next());
}

describe('a stream', () => {
  test('follows from its seed', () => {
    expect(draws(createRandom('one'))).toEqual(draws(createRandom('one')));
    expect(draws(createRandom('one'))).not.toEqual(draws(createRandom('two')));
    expect(createRandom('one').seed).toBe('one');
  });

  test('is the same on every machine and in every version', () => {
    // A change here changes every answer that a seed ever gave: it is a breaking change.
    const random = createRandom('modal-emulator');
    expect(Array.from({ length: 5 }, () => random.integer(0, 999_999))).toMatchInlineSnapshot(`
      [
        157895,
        35671,
        630266,
        965455,
        49749,
      ]
    `);
  });

  test('stays in [0, 1)', () => {
    const values = draws(createRandom('range'), 20_000);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  test('seeds that differ a little give streams that differ', () => {
    const seeds = ['', ' ', '0', '00', 'a', 'b', 'ab', 'ba', 'é', '\u0000', 'a'.repeat(100)];
    for (let number = 0; number < 5000; number += 1) seeds.push(`seed-${number}`);
    const beginnings = new Set(seeds.map((seed) => draws(createRandom(seed), 2).join()));
    expect(beginnings.size).toBe(seeds.length);
  });
});

describe('a fork', () => {
  test('does not depend on what was drawn before it, nor changes what is drawn after it', () => {
    const untouched = createRandom('parent');
    const used = createRandom('parent');
    draws(used, 7);
    expect(draws(used.fork('x'))).toEqual(draws(untouched.fork('x')));
    const plain = createRandom('parent');
    const forking = createRandom('parent');
    const expected = draws(plain);
    const drawn = expected.map((_, index) => {
      draws(forking.fork(`child ${index}`), 3);
      return forking.next();
    });
    expect(drawn).toEqual(expected);
  });

  test('is another stream than its parent and its brothers', () => {
    const parent = createRandom('parent');
    expect(draws(parent.fork('a'))).not.toEqual(draws(createRandom('parent')));
    expect(draws(parent.fork('a'))).not.toEqual(draws(parent.fork('b')));
  });

  test('its labels do not run together', () => {
    const root = createRandom('r');
    const paths = [
      root.fork('a').fork('b/c'),
      root.fork('a/b').fork('c'),
      root.fork('a').fork('b').fork('c'),
      root.fork('abc'),
      root.fork('a","b').fork('c'),
      createRandom('ra').fork('bc'),
      createRandom('["r","a"]').fork('bc'),
      root.fork('').fork('abc'),
      root.fork('abc').fork(''),
    ];
    expect(new Set(paths.map((random) => draws(random).join())).size).toBe(paths.length);
  });
});

describe('integers and chances', () => {
  test.each([
    [0, 1],
    [-3, 3],
    [5, 5],
    [0, 9],
  ])('from %d to %d, both included', (min, max) => {
    const random = createRandom('bounds');
    const seen = new Set(Array.from({ length: 2000 }, () => random.integer(min, max)));
    const all = Array.from({ length: max - min + 1 }, (_, index) => min + index);
    expect([...seen].sort((one, other) => one - other)).toEqual(all);
  });

  test('a chance of 0 never comes, one of 1 always', () => {
    const random = createRandom('chances');
    const outcomes = Array.from({ length: 1000 }, () => [random.chance(0), random.chance(1)]);
    expect(new Set(outcomes.map(String))).toEqual(new Set(['false,true']));
  });

  test('a chance of a quarter comes in a quarter of the draws', () => {
    const seed = 'quarter';
    const random = createRandom(seed);
    let hits = 0;
    for (let draw = 0; draw < 10_000; draw += 1) hits += random.chance(0.25) ? 1 : 0;
    // Five standard deviations of 43.
    expect(Math.abs(hits - 2500), `seed ${seed}`).toBeLessThan(217);
  });
});

const BUCKETS = 16;
/** 15 degrees of freedom: exceeded once in a million good streams. */
const CHI_SQUARE_MAX = 56;

function chiSquare(values: readonly number[]): number {
  const counts = new Array<number>(BUCKETS).fill(0);
  for (const value of values) {
    const bucket = Math.floor(value * BUCKETS);
    counts[bucket] = (counts[bucket] ?? 0) + 1;
  }
  const expected = values.length / BUCKETS;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

describe('evenness', () => {
  test('the measure sees a stream that is not even', () => {
    const lean = draws(createRandom('lean'), 4000).map((value) => value ** 1.2);
    expect(chiSquare(lean)).toBeGreaterThan(CHI_SQUARE_MAX);
  });

  test('of many streams', () => {
    for (let number = 0; number < 200; number += 1) {
      const seed = `even-${number}`;
      expect(chiSquare(draws(createRandom(seed), 2000)), `seed ${seed}`).toBeLessThan(
        CHI_SQUARE_MAX,
      );
    }
  });

  // Most forks draw once or twice: the first draws of many streams must be even among each other.
  test.each([0, 1, 5])('of draw %d over neighbouring seeds and forks', (index) => {
    const root = createRandom('root');
    const nth = (random: Random) => draws(random, index + 1).at(-1) ?? 0;
    const seeds = Array.from({ length: 8000 }, (_, number) => createRandom(String(number)));
    const forks = Array.from({ length: 8000 }, (_, number) => root.fork(`exchange:${number}`));
    expect(chiSquare(seeds.map(nth)), 'seeds "0" to "7999"').toBeLessThan(CHI_SQUARE_MAX);
    expect(chiSquare(forks.map(nth)), 'forks of "root"').toBeLessThan(CHI_SQUARE_MAX);
  });
});
