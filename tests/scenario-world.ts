import { z } from 'zod';
import { explainIssues } from '../src/emulator/explain/issues.ts';
import type { ArrivingExchange } from '../src/scenarios/asked.ts';
import { createVirtualClock } from '../src/scenarios/clock.ts';
import { type Decision, struckNotes } from '../src/scenarios/decision.ts';
import type { Effect } from '../src/scenarios/effect.ts';
import { createScenarioRun, type RunOptions } from '../src/scenarios/engine.ts';
import { defineFault } from '../src/scenarios/fault.ts';
import { latency } from '../src/scenarios/faults/latency.ts';
import { noop } from '../src/scenarios/faults/noop.ts';
import type { Outcome } from '../src/scenarios/outcome.ts';
import { createFaultRegistry } from '../src/scenarios/registry.ts';
import {
  createScenarioSchema,
  parseScenario,
  type Scenario,
  scenarioSchema,
} from '../src/scenarios/scenario.ts';

const encoder = new TextEncoder();

/** A request as tests write it. */
export interface Asking {
  readonly prompt?: string | null;
  readonly extras?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly target?: string;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
}

/** An exchange that asks by POST, as LangChain's Modal class does. */
export function exchangeOf(asking: Asking = {}): ArrivingExchange {
  const { prompt = 'who won?', extras = {}, headers = {}, method = 'POST', target = '/' } = asking;
  const body = asking.body ?? JSON.stringify({ prompt, ...extras });
  return {
    method,
    target,
    header: (name) => headers[name] ?? null,
    body: typeof body === 'string' ? encoder.encode(body) : body,
    prompt,
    answerKey: 'prompt',
    clock: createVirtualClock(),
    signal: asking.signal ?? new AbortController().signal,
  };
}

/** A whole answer with this body. */
export function reply(body: string, status = 200): Outcome {
  return { kind: 'reply', reply: { status, headers: [], body } };
}

/** The body of an outcome, whatever became of it. */
export function bodyOf(outcome: Outcome): string {
  return outcome.kind === 'reply' ? String(outcome.reply.body) : outcome.kind;
}

/** Answers itself, and never asks what comes after. */
const refuse = defineFault({
  kind: 'refuse',
  family: 'edge',
  summary: 'Answers a status.',
  options: z.strictObject({ status: z.int().min(400).max(599).optional() }),
  example: { status: 429 },
  aliases: ['down', 'EMPTY_RESPONSE'],
  effect:
    ({ status = 503 }): Effect =>
    async () =>
      reply('refused', status),
});

/** Writes itself, a draw and where it is around the answer. */
const mark = defineFault({
  kind: 'mark',
  family: 'answer',
  summary: 'Puts a mark around the answer, with a draw or the point of the step if asked.',
  options: z.strictObject({
    as: z.string(),
    draws: z.boolean().optional(),
    points: z.boolean().optional(),
  }),
  example: { as: 'x' },
  effect:
    ({ as, draws = false, points = false }): Effect =>
    async ({ random, point }, next) => {
      const inner = bodyOf(await next());
      const drawn = draws ? ` ${random.next()}` : '';
      const at = points ? ` ${point.requests} ${point.elapsedMs}` : '';
      return reply(`${as}${drawn}${at}(${inner})`);
    },
});

/** Remembers, as the fault that gives the same answer again does. */
const count = defineFault({
  kind: 'count',
  family: 'answer',
  summary: 'Counts its exchanges.',
  options: z.strictObject({}),
  example: {},
  effect: (): Effect => {
    let met = 0;
    return async () => {
      met += 1;
      return reply(String(met));
    };
  },
});

/** Says what it has seen pass by, as the faults do that give the answer to another. */
const watch = defineFault({
  kind: 'watch',
  family: 'answer',
  summary: 'Answers all that passed.',
  options: z.strictObject({}),
  example: {},
  effect: (): Effect => {
    const seen: string[] = [];
    const effect: Effect = async ({ note }, next) => {
      note?.(`saw ${seen.length}`);
      await next();
      return reply(seen.join());
    };
    const passing: Effect = async (_exchange, next) => {
      const outcome = await next();
      seen.push(bodyOf(outcome));
      return outcome;
    };
    return Object.assign(effect, { passing });
  },
});

/** Breaks, as nothing that is delivered may. */
const broken = defineFault({
  kind: 'broken',
  family: 'answer',
  summary: 'Throws.',
  options: z.strictObject({}),
  example: {},
  effect: (): Effect => async () => {
    throw new Error('a bug');
  },
});

/** Faults that show what the engine does with them. */
export const testRegistry = createFaultRegistry([
  noop,
  latency,
  refuse,
  mark,
  count,
  watch,
  broken,
]);

/** The schema with them. */
export const testSchema = createScenarioSchema(testRegistry);

/** Reads a scenario of test faults that has no mistake. */
export function scenarioOf(input: object): Scenario {
  const { scenario, issues } = parseScenario(input, testSchema);
  if (scenario === null) throw new Error(JSON.stringify(issues));
  return scenario;
}

/** A run of steps, with its own virtual clock unless another is given. */
export function runOf(steps: readonly object[], options: Partial<RunOptions> = {}) {
  const clock = createVirtualClock();
  return createScenarioRun(scenarioOf({ steps }), { seed: 'test', clock, ...options });
}

/** What is said of an input with mistakes: `path: predicate`, a line each. */
export function mistakesIn(input: unknown, schema = scenarioSchema): string[] {
  const { issues } = parseScenario(input, schema);
  if (issues === null) return [];
  return explainIssues(issues, input, schema).map(
    ({ path, predicate }) => `${path.join('.')}: ${predicate}`,
  );
}

/** The labels of the steps that struck. */
export function struck(decision: Decision): string[] {
  return struckNotes(decision).map(({ step }) => step.label);
}
