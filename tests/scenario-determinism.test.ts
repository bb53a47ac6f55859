import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { struckNotes } from '../src/scenarios/decision.ts';
import type { ScenarioRun } from '../src/scenarios/engine.ts';
import { createRandom } from '../src/scenarios/random.ts';
import { type Asking, bodyOf, exchangeOf, reply, runOf, struck } from './scenario-world.ts';

/** What each request gets, by who it is: the steps that struck, and all that they drew. */
type Fates = ReadonlyMap<string, string>;

/** Puts items into another order, by seed. */
function shuffled<Item>(items: readonly Item[], seed: string): Item[] {
  const random = createRandom(seed);
  return items
    .map((item) => ({ item, place: random.next() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

/** Sends all requests, so many at once; who comes next, and when, is by the seed. */
async function send(
  run: ScenarioRun,
  askings: readonly Asking[],
  { concurrency, seed }: { readonly concurrency: number; readonly seed: string },
): Promise<Fates> {
  const waiting = shuffled(askings, seed);
  const random = createRandom(`${seed} turns`);
  const pause = async () => {
    for (let turns = random.integer(0, 5); turns > 0; turns -= 1) await null;
  };
  const fates = new Map<string, string>();
  const worker = async () => {
    for (let asking = waiting.pop(); asking !== undefined; asking = waiting.pop()) {
      await pause();
      const { decision, outcome } = run.apply(exchangeOf(asking), async () => {
        await pause();
        return reply(asking.prompt ?? '');
      });
      fates.set(decision.identity, `${struck(decision).join()} | ${bodyOf(await outcome)}`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return fates;
}

const prompts = (count: number): Asking[] =>
  Array.from({ length: count }, (_, index) => ({ prompt: `prompt ${index}` }));

const draw = (as: string) => ({ kind: 'mark', as, draws: true });

describe('the order of arrival changes nothing', () => {
  const steps = [
    { toxicity: 0.3, fault: draw('a') },
    { when: { prompt: '/[02468]$/' }, toxicity: 0.5, fault: [draw('b'), draw('c')] },
    { when: { attempt: { from: 2 } }, toxicity: 0.7, fault: draw('d') },
    { toxicity: 0.02, fault: 'refuse' },
    { fault: draw('e') },
  ];
  // Retries are among them: 800 requests that differ, and 200 that were made before.
  const askings = [...prompts(800), ...prompts(100), ...prompts(100)];

  test.each(['one', 'two', 'three'])('1,000 requests, 1 or 64 at once, seed %s', async (seed) => {
    const one = await send(runOf(steps, { seed }), askings, { concurrency: 1, seed: 'in a row' });
    expect(one.size).toBe(1000);
    const kinds = new Set([...one.values()].map((fate) => fate.split(' | ')[0]));
    expect(kinds.size, 'steps strike in many combinations').toBeGreaterThan(8);
    for (const order of ['x', 'y']) {
      const options = { concurrency: 64, seed: order };
      expect(await send(runOf(steps, { seed }), askings, options)).toEqual(one);
    }
  });

  test('a request id decides alone, whatever is asked and however often', async () => {
    const run = runOf(steps, { seed: 'id' });
    const fate = async (asking: Asking) => {
      const { decision } = run.apply(exchangeOf(asking), () => reply(''));
      return decision.notes.map((note) => note.draw ?? note.stoppedAt);
    };
    const headers = { 'x-request-id': 'r-1' };
    const [first, ...others] = await Promise.all([
      fate({ prompt: 'a 1', headers }),
      fate({ prompt: 'b 1', headers, extras: { n: 1 } }),
    ]);
    expect(others).toHaveLength(1);
    // Attempts still count, so only what was drawn can be compared.
    expect([others[0]?.[0], others[0]?.[3]]).toEqual([first?.[0], first?.[3]]);
  });

  test('seed, namespace, prompt, extras and attempt each make other draws', () => {
    const drawOf = (asking: Asking, options: object = {}, times = 1) => {
      const run = runOf([{ toxicity: 0.5, fault: 'noop' }], { seed: 's', ...options });
      let drawn: number | null = null;
      for (let count = 0; count < times; count += 1) {
        drawn = run.apply(exchangeOf(asking), () => reply('')).decision.notes[0]?.draw ?? null;
      }
      return drawn;
    };
    const draws = [
      drawOf({}),
      drawOf({}, { seed: 't' }),
      drawOf({}, { namespace: 'n' }),
      drawOf({}, { namespace: 'm' }),
      drawOf({ prompt: 'other' }),
      drawOf({ extras: { n: 1 } }),
      drawOf({}, {}, 2),
      drawOf({}, {}, 3),
      drawOf({ headers: { 'x-request-id': '1' } }),
      drawOf({ headers: { 'x-request-id': '1' } }, { namespace: 'n' }),
    ];
    expect(new Set(draws).size).toBe(draws.length);
    expect(drawOf({})).toBe(draws[0]);
  });
});

const anyStep = fc
  .record(
    {
      toxicity: fc.constantFrom(0.1, 0.5, 0.9),
      skip: fc.integer({ min: 0, max: 3 }),
      every: fc.integer({ min: 1, max: 3 }),
      times: fc.integer({ min: 1, max: 20 }),
      when: fc.constantFrom({ attempt: 1 }, { prompt: '/1/' }, { ordinal: { from: 5 } }),
      window: fc.constantFrom({ from: 2 }, { from: 3, to: 30 }),
    },
    { requiredKeys: [] },
  )
  .map((filters) => ({ ...filters, fault: draw('x') }));

/** What every step decided about a row of requests, by the step's id. */
function decisionsOf(steps: readonly object[]): ReadonlyMap<string, readonly unknown[]> {
  const run = runOf(steps);
  const decisions = new Map<string, unknown[]>();
  for (const asking of [...prompts(20), ...prompts(10)]) {
    const { decision } = run.apply(exchangeOf(asking), () => reply(''));
    for (const { step, draw: drawn, stoppedAt, met } of decision.notes) {
      const rows = decisions.get(step.id) ?? [];
      rows.push([drawn, stoppedAt, met]);
      decisions.set(step.id, rows);
    }
  }
  return decisions;
}

describe('a step decides by itself', () => {
  test('adding, removing and reordering steps changes nothing for the others', () => {
    fc.assert(
      fc.property(
        fc.array(anyStep, { minLength: 1, maxLength: 8 }),
        fc.array(anyStep, { maxLength: 4 }),
        fc.string(),
        (steps, added, seed) => {
          const before = decisionsOf(steps);
          expect(before.size).toBe(steps.length);
          const more = decisionsOf(shuffled([...steps, ...added], seed));
          for (const [id, decisions] of before) expect(more.get(id)).toEqual(decisions);
          const fewer = decisionsOf(shuffled(steps, seed).slice(1));
          for (const [id, decisions] of fewer) expect(before.get(id)).toEqual(decisions);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('a step with a name keeps its draws when it is edited: more toxicity strikes more', () => {
    const struckBy = (toxicity: number) => {
      const run = runOf([{ name: 'flaky', toxicity, fault: 'noop' }]);
      return prompts(500).filter(
        (asking) => struck(run.apply(exchangeOf(asking), () => reply('')).decision).length > 0,
      );
    };
    const few = struckBy(0.1);
    const many = struckBy(0.2);
    expect(few.length).toBeGreaterThan(0);
    expect(many.length).toBeGreaterThan(few.length);
    expect(many).toEqual(expect.arrayContaining(few));
  });

  test('steps that say the same draw differently', () => {
    const run = runOf([
      { toxicity: 0.5, fault: draw('x') },
      { fault: draw('x'), toxicity: 0.5 },
    ]);
    const { decision } = run.apply(exchangeOf(), () => reply(''));
    expect(decision.notes[0]?.draw).not.toBe(decision.notes[1]?.draw);
  });
});

/** Whether a count of strikes is one that the binomial distribution gives but once in a million. */
function sigmas(count: number, draws: number, toxicity: number): number {
  const deviation = Math.sqrt(draws * toxicity * (1 - toxicity));
  return Math.abs(count - draws * toxicity) / deviation;
}

/** How many of these requests each of these steps strikes, and how many the steps that strike together. */
function strikes(run: ScenarioRun, askings: readonly Asking[]) {
  const counts: Record<string, number> = {};
  for (const asking of askings) {
    const { decision } = run.apply(exchangeOf(asking), () => reply(''));
    const labels = struckNotes(decision).map(({ step }) => step.label);
    const together = labels.length > 1 ? [labels.join('+')] : [];
    for (const label of [...labels, ...together]) counts[label] = (counts[label] ?? 0) + 1;
  }
  return counts;
}

const RATES = [0.02, 0.3, 0.5, 0.9] as const;
const rateSteps = RATES.map((toxicity) => ({ name: `${toxicity}`, toxicity, fault: 'noop' }));

describe('the observed rate is the toxicity', () => {
  test.each(['1', '2', '42', 'monday', 'modal'])('over 10,000 requests with seed "%s"', (seed) => {
    const counts = strikes(runOf(rateSteps, { seed }), prompts(10_000));
    for (const rate of RATES) {
      expect(sigmas(counts[rate] ?? 0, 10_000, rate), `seed "${seed}", ${rate}`).toBeLessThan(5);
    }
  });

  test('over the attempts of one request', () => {
    const askings = Array.from({ length: 10_000 }, () => ({ prompt: 'again' }));
    const counts = strikes(runOf(rateSteps, { seed: 'attempts' }), askings);
    for (const rate of RATES) {
      expect(sigmas(counts[rate] ?? 0, 10_000, rate), `${rate}`).toBeLessThan(5);
    }
  });

  // A generator that is made anew from a small seed for each draw gives nearly the same number.
  test('over 5,000 seeds, of which each sees one request', () => {
    const counts: Record<string, number> = {};
    for (let seed = 0; seed < 5000; seed += 1) {
      for (const rate of Object.keys(strikes(runOf(rateSteps, { seed: `${seed}` }), prompts(1)))) {
        counts[rate] = (counts[rate] ?? 0) + 1;
      }
    }
    for (const rate of RATES) {
      expect(sigmas(counts[rate] ?? 0, 5000, rate), `seeds 0 to 4999, ${rate}`).toBeLessThan(5);
    }
  });

  test.each(['1', '2', '3'])('and steps strike independently, seed "%s"', (seed) => {
    const pair = [
      { name: 'a', toxicity: 0.5, fault: 'noop' },
      { name: 'b', toxicity: 0.3, fault: 'noop' },
    ];
    const counts = strikes(runOf(pair, { seed }), prompts(10_000));
    expect(sigmas(counts['a+b'] ?? 0, 10_000, 0.15), `seed "${seed}"`).toBeLessThan(5);
  });
});

describe('counters are exact', () => {
  const limits = fc.record({
    skip: fc.integer({ min: 0, max: 30 }),
    every: fc.integer({ min: 1, max: 7 }),
    times: fc.integer({ min: 1, max: 40 }),
    requests: fc.integer({ min: 1, max: 200 }),
    concurrency: fc.constantFrom(1, 7, 64),
    seed: fc.string(),
  });

  test('however many requests are under way', async () => {
    await fc.assert(
      fc.asyncProperty(limits, async ({ skip, every, times, requests, concurrency, seed }) => {
        const run = runOf([{ skip, every, times, fault: draw('x') }]);
        const fates = await send(run, prompts(requests), { concurrency, seed });
        const hits = [...fates.values()].filter((fate) => fate.startsWith('#1'));
        const due = Math.floor(Math.max(0, requests - skip) / every);
        expect(hits).toHaveLength(Math.min(times, due));
        expect(run.requests).toBe(requests);
      }),
      { numRuns: 60 },
    );
  });
});
