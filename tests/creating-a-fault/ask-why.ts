import { createEmulator } from '../../src/emulator/index.ts';
import { createVirtualClock, type VirtualClock } from '../../src/scenarios/clock.ts';
import { type Decision, type StepNote, struckNotes } from '../../src/scenarios/decision.ts';
import { createScenarioRun } from '../../src/scenarios/engine.ts';
import type { Fault } from '../../src/scenarios/fault.ts';
import { createFaultRegistry, FAULT_REGISTRY } from '../../src/scenarios/registry.ts';
import { createScenarioSchema, parseScenario } from '../../src/scenarios/scenario.ts';

/** Asks an emulator `Why?`, with a scenario that may name one fault more; a line for each time. */
export async function askWhy(fault: Fault, written: unknown, times: number): Promise<string[]> {
  const others = FAULT_REGISTRY.faults.filter(({ kind }) => kind !== fault.kind);
  const schema = createScenarioSchema(createFaultRegistry([...others, fault]));
  const { scenario, issues } = parseScenario(written, schema);
  if (scenario === null) throw new Error(JSON.stringify(issues));
  const clock = createVirtualClock();
  const run = createScenarioRun(scenario, { seed: 'docs', clock });
  const decisions: Decision[] = [];
  const emulator = createEmulator(
    { answer: { source: 'echo', completion: ' Because.' } },
    {
      clock,
      intercept: () => async (exchange, core) => {
        const { decision, outcome } = run.apply(exchange, core);
        decisions.push(decision);
        return outcome;
      },
    },
  );
  const lines: string[] = [];
  for (let time = 0; time < times; time += 1) {
    const startedMs = clock.now();
    const seen = await inSteps(clock, describeAnswer(emulator.fetch(asking())));
    const tookMs = clock.now() - startedMs;
    const decision = decisions[time];
    const remarks = decision === undefined ? [] : struckNotes(decision).flatMap(remarksOf);
    lines.push([seen, ...(tookMs > 0 ? [` after ${tookMs} ms`] : []), ...remarks].join(''));
  }
  return lines;
}

function remarksOf({ remarks }: StepNote): readonly string[] {
  return remarks.map((remark) => ` -- ${remark}`);
}

function asking(): Request {
  return new Request('http://localhost/', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"prompt":"Why?"}',
  });
}

async function describeAnswer(answering: Promise<Response>): Promise<string> {
  const response = await answering;
  let text = `${response.status} `;
  const decoder = new TextDecoder();
  try {
    for await (const piece of response.body ?? []) text += decoder.decode(piece, { stream: true });
  } catch (error) {
    text += ` and then ${error}`;
  }
  return text;
}

/** Lets virtual time pass until something is done, in steps small enough to say how long it took. */
async function inSteps<Result>(clock: VirtualClock, work: Promise<Result>): Promise<Result> {
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await Promise.race([done, clock.whenSleeping()]);
    if (!isDone) await clock.advance(100);
  }
  return done;
}
