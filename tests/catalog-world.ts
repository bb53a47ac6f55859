import { createEmulator, type Emulator } from '../src/emulator/index.ts';
import { findBuiltIn } from '../src/scenarios/catalog.ts';
import { createVirtualClock, type VirtualClock } from '../src/scenarios/clock.ts';
import { type Decision, explainNote, struckNotes } from '../src/scenarios/decision.ts';
import { createScenarioRun } from '../src/scenarios/engine.ts';
import type { Outcome } from '../src/scenarios/outcome.ts';
import type { Scenario } from '../src/scenarios/scenario.ts';
import { settle } from './fault-world.ts';
import { exchangeOf, reply } from './scenario-world.ts';

/** A scenario of the catalogue, which must be there. */
export function builtIn(name: string): Scenario {
  const scenario = findBuiltIn(name);
  if (scenario === null) throw new Error(`there is no scenario "${name}"`);
  return scenario;
}

/** A scenario in force, at the beginning of a virtual time. */
function begin(name: string, seed: string) {
  const clock = createVirtualClock();
  return { clock, run: createScenarioRun(builtIn(name), { seed, clock }) };
}

const PROMPTS = Array.from({ length: 200 }, (_, index) => `Why ${index + 1}?`);

/** What strikes 200 requests of different prompts: `step: kinds`, empty where nothing does. */
export function strikesOf(name: string, seed: string): readonly string[] {
  const { run } = begin(name, seed);
  // What is decided on arrival does not hang on what comes of it, so nobody has to wait for that.
  const signal = AbortSignal.abort();
  return PROMPTS.map((prompt) => {
    const exchange = exchangeOf({ prompt, signal });
    return struckBy(run.apply(exchange, () => reply('')).decision);
  });
}

/** How long 200 requests of different prompts wait, one after the other, in virtual time. */
export async function waitsOf(name: string, seed: string): Promise<readonly number[]> {
  const { clock, run } = begin(name, seed);
  const waits: number[] = [];
  for (const prompt of PROMPTS) {
    const startedMs = clock.now();
    const { outcome } = run.apply({ ...exchangeOf({ prompt }), clock }, () => reply(''));
    const wait = async () => {
      await outcome;
      waits.push(clock.now() - startedMs);
    };
    await settle(clock, wait());
  }
  return waits;
}

function struckBy(decision: Decision): string {
  return struckNotes(decision)
    .map(explainNote)
    .filter(({ faults }) => faults.length > 0)
    .map(({ step, faults }) => `${step}: ${faults.join(' + ')}`)
    .join(', ');
}

/** How many of each. */
export function countOf(names: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** An emulator that echoes, in virtual time, with a scenario in front of it. */
export function createUnwell(
  name: string,
  { seed, onSilence }: { readonly seed: string; readonly onSilence: () => void },
): { readonly emulator: Emulator; readonly clock: VirtualClock } {
  const clock = createVirtualClock();
  const run = createScenarioRun(builtIn(name), { seed, clock });
  const emulator = createEmulator(
    { answer: { source: 'echo', completion: ' Because.' } },
    {
      clock,
      intercept: () => async (exchange, core) =>
        tellSilence(await run.apply(exchange, core).outcome, onSilence),
    },
  );
  return { emulator, clock };
}

/** Tells when nothing will come any more, so that whoever waits for ever can leave. */
function tellSilence(outcome: Outcome, onSilence: () => void): Outcome {
  if (outcome.kind !== 'wire' || outcome.wire.end !== 'hang') return outcome;
  const { wire } = outcome;
  async function* steps() {
    yield* wire.steps;
    onSilence();
  }
  return { ...outcome, wire: { ...wire, steps: { [Symbol.asyncIterator]: steps } } };
}
