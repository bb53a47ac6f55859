import { describe, expect, test } from 'vitest';
import { createVirtualClock } from '../src/scenarios/clock.ts';
import { explainNote, nearestNote } from '../src/scenarios/decision.ts';
import { createScenarioRun, type ScenarioRun } from '../src/scenarios/engine.ts';
import {
  type Asking,
  bodyOf,
  exchangeOf,
  reply,
  runOf,
  scenarioOf,
  struck,
} from './scenario-world.ts';

const core = () => reply('fine');

const ask = async (run: ScenarioRun, asking: Asking = {}) =>
  bodyOf(await run.apply(exchangeOf(asking), core).outcome);

/** The numbers, from 1, of the requests out of so many that the only step strikes. */
function strikes(run: ScenarioRun, count: number): number[] {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return numbers.filter((number) => {
    const { decision } = run.apply(exchangeOf({ prompt: `p${number}` }), core);
    return struck(decision).length > 0;
  });
}

describe('steps around an answer', () => {
  test('the first one is outermost, and so is the first of a list', async () => {
    const run = runOf([
      {
        fault: [
          { kind: 'mark', as: 'a' },
          { kind: 'mark', as: 'b' },
        ],
      },
      { fault: { kind: 'mark', as: 'c' } },
    ]);
    expect(await ask(run)).toBe('a(b(c(fine)))');
  });

  test('each fault of a step draws for itself', async () => {
    const fault = { kind: 'mark', as: '', draws: true };
    const answer = await ask(runOf([{ fault: [fault, fault] }]));
    const [one, other] = answer.match(/0\.\d+/g) ?? [];
    expect(one).toBeDefined();
    expect(other).not.toBe(one);
  });

  test('a fault that ends the exchange hides what is behind it, and the decision says so', async () => {
    const run = runOf([
      { fault: { kind: 'mark', as: 'a' } },
      { fault: 'refuse' },
      { fault: { kind: 'mark', as: 'b' } },
    ]);
    let asked = 0;
    const { outcome, decision } = run.apply(exchangeOf(), () => {
      asked += 1;
      return reply('fine');
    });
    expect(bodyOf(await outcome)).toBe('a(refused)');
    expect(asked).toBe(0);
    expect(decision.notes.map(({ isReached }) => isReached)).toEqual([true, true, false]);
    expect(decision.notes.map(explainNote)[2]?.reason).toBe(
      'it is for this request; but an earlier fault held or ended the exchange',
    );
  });

  test('where nothing strikes, the core is all there is, and may answer at once', () => {
    const answer = reply('fine');
    const run = runOf([{ when: { prompt: 'other' }, fault: 'refuse' }]);
    expect(run.apply(exchangeOf(), () => answer).outcome).toBe(answer);
    expect(runOf([]).apply(exchangeOf(), () => answer).outcome).toBe(answer);
  });

  test('latency comes before the fault of its step', async () => {
    const clock = createVirtualClock();
    const run = runOf([{ latency: '2.5s', fault: 'refuse' }], { clock });
    let isOver = false;
    const outcome = Promise.resolve(run.apply({ ...exchangeOf(), clock }, core).outcome).finally(
      () => {
        isOver = true;
      },
    );
    await clock.whenSleeping();
    await clock.advance(2499);
    expect(isOver).toBe(false);
    await clock.advance(1);
    expect(bodyOf(await outcome)).toBe('refused');
  });

  test('a client that leaves while a step waits has abandoned the exchange', async () => {
    const clock = createVirtualClock();
    const run = runOf([{ latency: '1h' }], { clock });
    const leaving = new AbortController();
    const { outcome } = run.apply({ ...exchangeOf({ signal: leaving.signal }), clock }, core);
    await clock.whenSleeping();
    leaving.abort();
    expect(await outcome).toEqual({ kind: 'abandoned' });
    expect(clock.sleeping).toBe(0);
  });

  test('a bug in a fault or behind all of them is not hidden', async () => {
    await expect(runOf([{ fault: 'broken' }]).apply(exchangeOf(), core).outcome).rejects.toThrow(
      'a bug',
    );
    const { outcome } = runOf([{ fault: 'noop' }]).apply(exchangeOf(), () => {
      throw new Error('in the core');
    });
    await expect(outcome).rejects.toThrow('in the core');
  });

  test('what an effect remembers is of one run', async () => {
    const scenario = scenarioOf({ steps: [{ fault: 'count' }] });
    const start = () => createScenarioRun(scenario, { seed: 's', clock: createVirtualClock() });
    const [one, other] = [start(), start()];
    expect([await ask(one), await ask(one), await ask(other)]).toEqual(['1', '2', '1']);
  });

  test('an effect that watches sees what its step lets pass, in the place of the step', async () => {
    const run = runOf([
      { fault: { kind: 'mark', as: 'outer' } },
      { every: 3, fault: 'watch' },
      { fault: { kind: 'mark', as: 'inner' } },
    ]);
    expect([await ask(run), await ask(run), await ask(run)]).toEqual([
      'outer(inner(fine))',
      'outer(inner(fine))',
      'outer(inner(fine),inner(fine))',
    ]);
    const turns = runOf([{ sequence: [{ fault: { kind: 'mark', as: 'a' } }, { fault: 'watch' }] }]);
    expect([await ask(turns), await ask(turns)]).toEqual(['a(fine)', 'fine']);
  });

  test('what a fault tells of itself is kept, within bounds', async () => {
    const run = runOf([{ fault: Array.from({ length: 20 }, () => 'watch') }]);
    const { decision, outcome } = run.apply(exchangeOf(), core);
    await outcome;
    const [step] = decision.notes.map(explainNote);
    expect(step?.remarks).toEqual(Array.from({ length: 10 }, () => 'saw 0'));
  });

  test('the signal of an exchange is not made unless an effect asks for it', async () => {
    const exchange = {
      ...exchangeOf(),
      get signal(): AbortSignal {
        throw new Error('nobody waits');
      },
    };
    const { outcome } = runOf([{ fault: { kind: 'mark', as: 'a' } }]).apply(exchange, core);
    expect(bodyOf(await outcome)).toBe('a(fine)');
  });
});

describe('counters', () => {
  test.each<readonly [step: object, expected: readonly number[]]>([
    [{ skip: 3 }, [4, 5, 6, 7, 8, 9, 10, 11, 12]],
    [{ times: 3 }, [1, 2, 3]],
    [{ every: 5 }, [5, 10]],
    [{ skip: 2, every: 3 }, [5, 8, 11]],
    [{ skip: 2, every: 3, times: 2 }, [5, 8]],
    [{ window: { from: 3, to: 5 } }, [3, 4, 5]],
    [{ window: { from: 11 } }, [11, 12]],
    [{ window: { to: 1 } }, [1]],
    // What is outside of the window is neither skipped nor counted.
    [{ window: { from: 6 }, skip: 1, every: 2, times: 2 }, [8, 10]],
    [{ when: { ordinal: { from: 4 } }, every: 4 }, [7, 11]],
    [{ when: { ordinal: [2, 3, 9] } }, [2, 3, 9]],
  ])('%j strikes %j of 12', (step, expected) => {
    expect(strikes(runOf([{ ...step, fault: 'noop' }]), 12)).toEqual(expected);
  });

  test('times counts what strikes, not what could have been struck', () => {
    const all = strikes(runOf([{ name: 'x', toxicity: 0.3, fault: 'noop' }]), 100);
    expect(all.length).toBeGreaterThan(10);
    const limited = strikes(runOf([{ name: 'x', toxicity: 0.3, times: 7, fault: 'noop' }]), 100);
    expect(limited).toEqual(all.slice(0, 7));
  });

  test('a window of time goes by the clock of the run', async () => {
    const clock = createVirtualClock(1_000_000);
    const run = runOf([{ window: { from: '10s', to: '1m' }, fault: 'refuse' }], { clock });
    const seen: string[] = [];
    for (const ms of [0, 9_999, 1, 49_999, 1]) {
      await clock.advance(ms);
      seen.push(await ask(run));
    }
    expect(seen).toEqual(['fine', 'fine', 'refused', 'refused', 'fine']);
  });

  test('a sequence takes turns', async () => {
    const turns = [
      { fault: { kind: 'mark', as: 'a' }, times: 2 },
      {},
      { fault: { kind: 'mark', as: 'b' } },
    ];
    const answers = async (step: object) => {
      const run = runOf([{ sequence: turns, ...step }]);
      return (await Promise.all(Array.from({ length: 9 }, () => ask(run)))).map((one) => one[0]);
    };
    expect((await answers({})).join('')).toBe('aafbaafba');
    expect((await answers({ repeat: false })).join('')).toBe('aafbbbbbb');
    expect((await answers({ every: 2 })).join('')).toBe('fafafffbf');
    expect((await answers({ times: 4 })).join('')).toBe('aafbfffff');
  });

  test('ramps see how often and how long the step was in force', async () => {
    const clock = createVirtualClock();
    const fault = { kind: 'mark', as: 'x', points: true };
    const run = runOf([{ window: { from: '5s' }, skip: 1, fault }], { clock });
    await ask(run);
    await clock.advance(6000);
    await ask(run);
    await clock.advance(1000);
    expect(await ask(run)).toBe('x 1 2000(fine)');
  });
});

describe('attempts', () => {
  const attemptsOf = (run: ScenarioRun, askings: readonly Asking[]) =>
    askings.map((asking) => run.apply(exchangeOf(asking), core).decision.attempt);

  test('are those of the same prompt and extras, however they are written', () => {
    expect(
      attemptsOf(runOf([]), [
        { prompt: 'a' },
        { prompt: 'b' },
        { prompt: 'a' },
        { prompt: 'a', extras: { n: 1, m: 2 } },
        { prompt: 'a', extras: { m: 2, n: 1 } },
        { prompt: 'a', body: '{ "prompt" : "\\u0061" }' },
        { prompt: 'a', method: 'GET' },
        { prompt: 'a', target: '/?x=1' },
        { body: 'no json' },
        { body: 'no json' },
        { body: new Uint8Array([0xff, 0xfe]) },
        { body: new Uint8Array([0xff, 0xfd]) },
        { body: new Uint8Array([0xff, 0xfd]) },
        { body: '['.repeat(100_000) },
        { body: `${'['.repeat(1000)}${']'.repeat(1000)}` },
        { body: `${'['.repeat(1000)}${']'.repeat(1000)}` },
      ]),
    ).toEqual([1, 1, 2, 1, 2, 3, 1, 1, 1, 2, 1, 1, 2, 1, 1, 2]);
  });

  test('are those of a request id where the caller gives one', () => {
    const id = (name: string) => ({ 'x-request-id': name });
    expect(
      attemptsOf(runOf([]), [
        { prompt: 'a', headers: id('1') },
        { prompt: 'b', headers: id('1') },
        { prompt: 'a', headers: id('2') },
        { prompt: 'a' },
        { prompt: 'a', headers: id('') },
      ]),
    ).toEqual([1, 2, 1, 1, 2]);
  });

  test('of large bodies count by their beginning and their length', () => {
    const large = (end: string) => ({ body: 'x'.repeat(1024 * 1024) + end });
    expect(attemptsOf(runOf([]), [large('a'), large('b'), large('ab')])).toEqual([1, 2, 1]);
  });

  test('fail twice, then succeed', async () => {
    const run = runOf([{ when: { attempt: [1, 2] }, fault: 'refuse' }]);
    const answers = await Promise.all(
      ['a', 'b', 'a', 'a', 'b', 'b', 'b'].map((prompt) => ask(run, { prompt })),
    );
    expect(answers.map((answer) => answer[0]).join('')).toBe('rrrfrff');
  });

  test('the one asked least recently is forgotten when there are too many', () => {
    const run = runOf([], { attemptsMax: 2 });
    const askings = ['a', 'b', 'a', 'c', 'a', 'b', 'a'].map((prompt) => ({ prompt }));
    expect(attemptsOf(run, askings)).toEqual([1, 1, 2, 1, 3, 1, 4]);
  });
});

describe('why', () => {
  const why = (steps: readonly object[], asking: Asking = {}) => {
    const { decision } = runOf(steps, { seed: 'why' }).apply(exchangeOf(asking), core);
    return { decision, steps: decision.notes.map(explainNote) };
  };

  test('names seed, number, attempt and every step with its reason', async () => {
    const { decision, steps } = why([
      { fault: 'noop' },
      { when: { attempt: 1, prompt: '/weather/i' }, fault: 'refuse' },
      { window: { from: 3, to: 4 }, fault: 'refuse' },
      { window: { from: '1s' }, fault: 'refuse' },
      { skip: 2, fault: 'refuse' },
      { every: 5, fault: ['refuse', 'noop'] },
    ]);
    expect(decision).toMatchObject({
      scenario: 'unnamed',
      seed: 'why',
      namespace: '',
      ordinal: 1,
      attempt: 1,
      elapsedMs: 0,
      omitted: 0,
    });
    expect(steps.map(({ step, struck: isStruck, reason }) => [step, isStruck, reason])).toEqual([
      ['#1 noop', true, 'it is for this request'],
      ['#2 refuse', false, 'it is not so that the prompt matches /weather/i'],
      ['#3 refuse', false, 'its window is requests 3 to 4'],
      ['#4 refuse', false, 'its window is 1000 ms to the end'],
      ['#5 refuse', false, 'it skips the first 2, and this was number 1'],
      ['#6 refuse + noop', false, 'it strikes every 5, and this was number 1'],
    ]);
    expect(steps[5]?.faults).toEqual(['refuse', 'noop']);
  });

  test('names draw and threshold', () => {
    const { steps } = why([
      { name: 'rare', toxicity: 0.000_001, fault: 'noop' },
      { name: 'frequent', toxicity: 0.999_999, fault: 'noop' },
      { name: 'never', toxicity: 0, fault: 'noop' },
      { name: 'always', toxicity: 1, fault: 'noop' },
    ]);
    expect(steps.map((step) => step.struck)).toEqual([false, true, false, true]);
    for (const { draw, threshold, reason } of steps.slice(0, 3)) {
      expect(reason).toContain(`the draw ${draw} is `);
      expect(reason).toContain(`than the toxicity ${threshold}`);
    }
    expect(steps[3]).toMatchObject({ draw: null, threshold: null });
  });

  test('says that a limit is reached, and which turn it was', async () => {
    const run = runOf([{ times: 1, sequence: [{ fault: 'noop' }, { fault: 'refuse' }] }]);
    const first = run.apply(exchangeOf(), core);
    await first.outcome;
    expect(first.decision.notes.map(explainNote)[0]).toMatchObject({
      reason: 'it was turn 1 of 2',
      faults: ['noop'],
    });
    const second = run.apply(exchangeOf(), core);
    expect(second.decision.notes.map(explainNote)[0]?.reason).toBe(
      'it had struck 1 times, which is all',
    );
  });

  test.each<readonly [steps: readonly object[], nearest: string | null]>([
    [[{ name: 'a' }], null],
    [
      [
        { name: 'a', when: { attempt: 2 } },
        { name: 'b', skip: 1 },
      ],
      'b',
    ],
    [
      [
        { name: 'a', skip: 9 },
        { name: 'b', skip: 1 },
      ],
      'b',
    ],
    [
      [
        { name: 'a', every: 2 },
        { name: 'b', skip: 1 },
      ],
      'a',
    ],
    [
      [
        { name: 'a', when: { attempt: 2, prompt: 'x' } },
        { name: 'b', when: { attempt: 1, prompt: 'x' } },
      ],
      'b',
    ],
    [
      [
        { name: 'a', toxicity: 0 },
        { name: 'b', every: 2 },
      ],
      'a',
    ],
    [
      [
        { name: 'a', skip: 1 },
        { name: 'b', skip: 1 },
      ],
      'a',
    ],
  ])('of %j the nearest that did not strike is %s', (steps, nearest) => {
    const { decision } = why(steps.map((step) => ({ ...step, fault: 'noop' })));
    expect(nearestNote(decision.notes)?.step.label ?? null).toBe(nearest);
  });

  test('of very many steps keeps those that struck, the nearest, and says how many it left out', () => {
    const steps = Array.from({ length: 300 }, (_, index) => {
      if (index === 250) return { name: 'struck', fault: 'noop' };
      if (index === 280) return { name: 'near', every: 2, fault: 'noop' };
      return { when: { prompt: 'other' }, fault: 'noop' };
    });
    const { decision } = why(steps);
    expect(decision.notes).toHaveLength(50);
    expect(decision.omitted).toBe(250);
    expect(struck(decision)).toEqual(['struck']);
    expect(nearestNote(decision.notes)?.step.label).toBe('near');
  });
});
