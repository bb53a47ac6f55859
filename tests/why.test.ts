import { describe, expect, test } from 'vitest';
import { createEmulator, createVirtualClock } from '../src/emulator/index.ts';
import { keepDecision } from '../src/emulator/kept-decision.ts';
import { explainExchange } from '../src/emulator/why.ts';
import { exchangeOf, reply, runOf } from './scenario-world.ts';

/** The decision about a request that a run of test faults meets, as the journal has it. */
async function metBy(steps: readonly object[]) {
  const run = runOf(steps);
  const { decision, outcome } = run.apply(exchangeOf(), () => reply('core'));
  await outcome;
  return { decision, token: run.token };
}

describe('the explanation of an exchange', () => {
  test('names what struck and what came nearest, the draw, the threshold, the seed, the token', async () => {
    const run = runOf([
      { toxicity: 0.999, fault: { kind: 'mark', as: 'x' } },
      { toxicity: 0.001, fault: 'refuse' },
      { name: 'other', when: { prompt: 'else' }, fault: 'refuse' },
    ]);
    const { decision, outcome } = run.apply(exchangeOf(), () => reply('core'));
    await outcome;
    const met = { decision, token: run.token };
    const why = explainExchange({ ordinal: 7, fault: 'mark', met });
    const [marked, refused] = decision.notes.map(({ draw }) => draw);
    expect(why).toMatchObject({
      ordinal: 7,
      fault: 'mark',
      scenario: {
        name: 'unnamed',
        seed: 'test',
        token: run.token,
        request: 1,
        attempt: 1,
        elapsedMs: 0,
        struck: [{ step: '#1 mark', struck: true, draw: marked, threshold: 0.999 }],
        nearest: { step: '#2 refuse', struck: false, draw: refused, threshold: 0.001 },
        others: [{ step: 'other', reason: 'it is not so that the prompt is "else"' }],
        omitted: 0,
      },
    });
    expect(why.text.split('\n')).toEqual([
      'Exchange 7 met the scenario "unnamed" as its request 1, attempt 1, 0 ms after it was put in force.',
      `#1 mark struck: the draw ${marked} is less than the toxicity 0.999.`,
      `#2 refuse came nearest, but the draw ${refused} is not less than the toxicity 0.001.`,
      'other did not strike: it is not so that the prompt is "else".',
      `Draws hang on the seed "test", the step, and who asks: ${decision.identity}.`,
      `The same run again: --replay ${run.token}`,
    ]);
  });

  test('says so where no step struck, and where there was no scenario', async () => {
    const idle = explainExchange({ ordinal: 1, fault: null, met: await metBy([]) });
    expect(idle.text).toContain('No step struck.');
    const none = explainExchange({ ordinal: 2, fault: null, met: null });
    expect(none).toEqual({
      ordinal: 2,
      fault: null,
      scenario: null,
      text: 'Exchange 2 met no scenario: none was in force for it.',
    });
  });
});

describe('a kept decision', () => {
  test('is the decision itself where that is small', async () => {
    const met = await metBy([{ fault: 'noop' }]);
    expect(keepDecision(met)).toBe(met);
  });

  test('has few notes however many steps struck, the nearest among them', async () => {
    const steps = Array.from({ length: 400 }, () => ({ fault: 'noop' }));
    const met = await metBy([...steps, { name: 'near', toxicity: 0, fault: 'noop' }]);
    const { decision } = keepDecision(met);
    expect(decision.notes).toHaveLength(50);
    expect(decision.notes.at(-1)?.step.name).toBe('near');
    expect(decision.omitted).toBe(351);
  });

  test('has few remarks however much its faults told', async () => {
    const { decision, token } = await metBy([{ fault: 'watch' }, { fault: 'watch' }]);
    const remarks = ['x'.repeat(3000)];
    const notes = decision.notes.map((note) => ({ ...note, remarks }));
    const kept = keepDecision({ decision: { ...decision, notes }, token });
    expect(kept.decision.notes.map((note) => note.remarks.length)).toEqual([1, 0]);
  });
});

describe('the journal keeps what decided', () => {
  const call = (signal = new AbortController().signal) => ({
    method: 'POST',
    target: '/',
    rawHeaders: [],
    header: () => null,
    body: new Uint8Array(),
    signal: () => signal,
  });

  test('an exchange that the client left', async () => {
    const clock = createVirtualClock();
    const scenario = { name: 'slow one', steps: [{ latency: '1m' }] };
    const emulator = createEmulator({ scenario }, { clock });
    const leaving = new AbortController();
    const asked = emulator.handle(call(leaving.signal));
    await clock.whenSleeping();
    leaving.abort();
    expect(await asked).toEqual({ kind: 'abandoned' });
    const kept = { outcome: { kind: 'abandoned' }, scenario: 'slow one', fault: 'latency' };
    expect(emulator.journal.get(1)).toMatchObject(kept);
  });

  test('an exchange that hung, when it is over', async () => {
    const emulator = createEmulator({ scenario: { steps: [{ fault: 'hang' }] } });
    const outcome = await emulator.handle(call());
    expect(emulator.journal.total).toBe(0);
    if (outcome.kind === 'wire') outcome.wire.onOver?.();
    const kept = { outcome: { kind: 'wire', fault: 'hang', end: 'hang' }, fault: 'hang' };
    expect(emulator.journal.get(1)).toMatchObject({ scenario: 'unnamed', ...kept });
  });

  test('an exchange that broke', async () => {
    const intercept = () => async (exchange: { fault: string | null }) => {
      exchange.fault = 'told';
      throw new Error('a bug');
    };
    const emulator = createEmulator({}, { intercept });
    await expect(emulator.handle(call())).rejects.toThrow('a bug');
    expect(emulator.journal.get(1)).toMatchObject({ outcome: { status: 500 }, fault: 'told' });
  });
});
