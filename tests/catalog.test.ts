import { describe, expect, test } from 'vitest';
import { CATALOG, findBuiltIn } from '../src/scenarios/catalog.ts';
import { parseScenario } from '../src/scenarios/scenario.ts';
import { builtIn, countOf, strikesOf, waitsOf } from './catalog-world.ts';

test('the catalogue has its scenarios, each by one name', () => {
  const names = CATALOG.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.toSorted()).toEqual(Object.keys(STRIKES).toSorted());
  expect(findBuiltIn('unhealthy')).toBeNull();
});

describe.each(CATALOG)('$name', (written) => {
  test('is read without a mistake, and is JSON', () => {
    expect(parseScenario(written).issues).toBeNull();
    expect(JSON.parse(JSON.stringify(written))).toEqual(written);
  });

  test('says in a sentence what it does, and what it tests of a client', () => {
    expect(written.summary).toMatch(/^[A-Z][^:]+: [^:]*(?:client|whoever)[^:]*\.$/);
    expect(written.summary.length).toBeLessThanOrEqual(200);
  });

  test('leaves the seed to whoever runs it', () => {
    expect(builtIn(written.name).seed).toBeNull();
  });
});

type Counts = Readonly<Record<string, number>>;

/** What strikes 200 requests for different things, one after the other, with the seed "monday". */
const STRIKES: Readonly<Record<string, Counts>> = {
  healthy: { '': 200 },
  slow: { '#1 latency: latency': 200 },
  'cold-start': { 'cold: latency': 1, '': 199 },
  'cold-start-303': { 'cold: latency + early-303 + latency': 1, '': 199 },
  'early-303': { 'redirect: early-303': 54, '': 146 },
  'slow-drip': { 'drip: dribble': 200 },
  'silent-stream': { 'silence: stall': 66, '': 134 },
  flaky: {
    'slow: latency': 7,
    'reset: reset': 8,
    'gateway: gateway': 3,
    'crash: crash': 4,
    '': 178,
  },
  'fail-twice': { 'attempts: crash': 200 },
  'every-third': { 'third: crash': 66, '': 134 },
  'rate-limited': { 'limit: rate-limited': 32, '': 168 },
  brownout: {
    'slower: latency': 46,
    'slower: latency, some-fail: gateway': 2,
    'slower: latency, many-fail: gateway': 12,
    'recovering: latency': 20,
    '': 120,
  },
  'outage-and-recovery': {
    'down: reset': 10,
    'gateway: gateway': 10,
    'recovering: latency': 10,
    '': 170,
  },
  'html-gateway': { 'gateway: gateway': 50, '': 150 },
  'modal-edge': { 'edge: input-lost': 8, 'edge: modal-edge': 92, '': 100 },
  truncating: { 'cut: truncate': 50, '': 150 },
  'wrong-shape': {
    'shape: missing-key': 30,
    'shape: wrong-case-key': 14,
    'shape: null-answer': 14,
    'shape: number-answer': 14,
    'shape: list-answer': 14,
    'shape: object-answer': 14,
    '': 100,
  },
  'no-echo': { 'no-echo: no-echo': 200 },
  'billing-trap': { 'lost: reply-lost': 50, '': 150 },
};

test.each(Object.entries(STRIKES))('%s strikes 200 requests as it says', (name, counts) => {
  expect(countOf(strikesOf(name, 'monday'))).toEqual(counts);
});

/** The rates that the summaries name, of all requests or of a stretch of them. */
const RATES: readonly (readonly [name: string, step: string, rate: number, among: number])[] = [
  ['flaky', 'slow', 0.05, 200],
  ['flaky', 'reset', 0.02, 200],
  ['flaky', 'gateway', 0.01, 200],
  ['flaky', 'crash', 0.03, 200],
  ['early-303', 'redirect', 0.25, 200],
  ['brownout', 'some-fail', 0.2, 20],
  ['brownout', 'many-fail', 0.5, 20],
];

const SEEDS = Array.from({ length: 40 }, (_, index) => `seed ${index}`);

test.each(RATES)('%s: "%s" strikes at the rate %f, over 40 seeds', (name, step, rate, n) => {
  const strikes = SEEDS.flatMap((seed) => strikesOf(name, seed));
  const struck = strikes.filter((one) => one.includes(`${step}: `)).length;
  const requests = SEEDS.length * n;
  const deviation = Math.sqrt(requests * rate * (1 - rate));
  expect(Math.abs(struck - requests * rate), `${struck} of ${requests}`).toBeLessThan(
    4 * deviation,
  );
});

describe('waits', () => {
  test('cold-start: 20 to 60 seconds once, then none', async () => {
    const [first = 0, ...others] = await waitsOf('cold-start', 'monday');
    expect(first).toBeGreaterThanOrEqual(20_000);
    expect(first).toBeLessThanOrEqual(60_000);
    expect(others.every((ms) => ms === 0)).toBe(true);
  });

  test('cold-start-303: the redirect comes after 150 seconds', async () => {
    expect((await waitsOf('cold-start-303', 'monday'))[0]).toBe(150_000);
  });

  test('slow: half are over within 800 ms, none takes longer than 30 seconds', async () => {
    const waits = (await waitsOf('slow', 'monday')).toSorted((one, other) => one - other);
    expect(waits[99]).toBeGreaterThan(600);
    expect(waits[99]).toBeLessThan(1100);
    expect(waits[199]).toBeLessThanOrEqual(30_000);
  });

  test('brownout: up to six seconds and down again', async () => {
    const waits = await waitsOf('brownout', 'monday');
    expect(
      [20, 21, 80, 81, 100, 101].map((ordinal) => Math.round(waits[ordinal - 1] ?? 0)),
    ).toEqual([0, 100, 6000, 6000, 100, 0]);
  });

  test('outage-and-recovery: slow at first when it is over', async () => {
    const waits = await waitsOf('outage-and-recovery', 'monday');
    expect([30, 31, 40, 41].map((ordinal) => Math.round(waits[ordinal - 1] ?? 0))).toEqual([
      0, 5000, 200, 0,
    ]);
  });
});
