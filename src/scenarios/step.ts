import { z } from 'zod';
import { latency } from './faults/latency.ts';
import { latencySchema } from './latency/schema.ts';
import type { FaultRegistry, SelectedFault } from './registry.ts';
import { type Condition, whenSchema } from './when.ts';
import { type Window, windowSchema } from './window.ts';

/** What a step does in one of its turns; no fault at all means that all is well. */
export interface Turn {
  readonly faults: readonly SelectedFault[];
  /** How many requests in a row have this turn. */
  readonly times: number;
}

/** One line of a scenario: for whom, how often, and what. */
export interface StepBody {
  readonly name: string | null;
  readonly when: readonly Condition[];
  readonly window: Window | null;
  readonly skip: number;
  readonly every: number;
  readonly toxicity: number;
  /** The most requests that it ever strikes; infinite without a limit. */
  readonly times: number;
  /** One, unless it is a sequence. */
  readonly turns: readonly Turn[];
  /** Whether the first turn follows the last; otherwise the last one stays. */
  readonly isRepeating: boolean;
}

const COUNT_MAX = 1_000_000_000;
const TURNS_MAX = 100;

/** A name of a step or a scenario. */
export const nameSchema = z
  .string()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,99}$/u,
    'must be 1 to 100 letters, digits, ".", "_", "-"',
  );

const times = z
  .int()
  .min(1, 'must be at least 1: a step that never strikes can be left out')
  .max(COUNT_MAX);

const FILTERS = {
  name: nameSchema
    .optional()
    .describe('Draws hang on it, so that they stay when a step is edited.'),
  when: whenSchema.optional().describe('Which requests; without it, all.'),
  window: windowSchema
    .optional()
    .describe('{ from, to } as numbers of requests, or as times since activation: "10s".'),
  skip: z.int().min(0).max(COUNT_MAX).optional().describe('The first so many go untouched.'),
  every: z
    .int()
    .min(1, 'must be at least 1, which is every request')
    .max(COUNT_MAX)
    .optional()
    .describe('Only each n-th request of those that are left.'),
  toxicity: z.number().min(0).max(1).optional().describe('The probability, 0 to 1.'),
  times: times.optional().describe('Strikes so many requests, then never again.'),
};

/** Everything that a step can say, with the faults that a registry knows. */
export function createStepSchema({ schema }: FaultRegistry) {
  const actions = {
    latency: latencySchema
      .optional()
      .describe('Waits first: a duration, or a distribution such as { p50: 800ms, p99: 9s }.'),
    fault: schema
      .optional()
      .describe(
        'What goes wrong: a kind, { kind, ...options }, or a list; the first is outermost.',
      ),
  };
  const turn = z
    .strictObject({
      ...actions,
      times: times.optional().describe('For so many requests in a row.'),
    })
    .transform((given): Turn => ({ faults: faultsOf(given), times: given.times ?? 1 }));
  const turns = z.array(turn).min(2, 'needs two turns; one alone is a plain step').max(TURNS_MAX);
  return z
    .strictObject({
      ...FILTERS,
      ...actions,
      sequence: turns
        .optional()
        .describe('Takes turns: the first request gets the first, the next one the second.'),
      repeat: z
        .boolean()
        .optional()
        .describe('Whether a sequence begins again (true), or stays at its last turn.'),
    })
    .transform((given, context): StepBody => {
      const faults = faultsOf(given);
      const message = contradictionIn(faults.length > 0, given);
      // An unknown key is told already, and is what was meant.
      if (message !== null && context.issues.length === 0)
        context.addIssue({ code: 'custom', message });
      return {
        name: given.name ?? null,
        when: given.when ?? [],
        window: given.window ?? null,
        skip: given.skip ?? 0,
        every: given.every ?? 1,
        toxicity: given.toxicity ?? 1,
        times: given.times ?? Infinity,
        turns: given.sequence ?? [{ faults, times: 1 }],
        isRepeating: given.repeat ?? true,
      };
    });
}

type LatencyOption = z.output<typeof latencySchema>;

interface Actions {
  readonly latency?: LatencyOption | undefined;
  readonly fault?: readonly SelectedFault[] | undefined;
}

/** The wait comes first, so that a refusal is as slow as an answer. */
function faultsOf({ latency: wait, fault }: Actions): readonly SelectedFault[] {
  const waits =
    wait === undefined
      ? []
      : [{ kind: latency.kind, createEffect: () => latency.effect({ latency: wait }) }];
  return [...waits, ...(fault ?? [])];
}

interface Shape {
  readonly sequence?: readonly Turn[] | undefined;
  readonly repeat?: boolean | undefined;
}

function contradictionIn(hasFaults: boolean, { sequence, repeat }: Shape): string | null {
  if (sequence === undefined) {
    if (!hasFaults) return 'does nothing; give it a "fault", a "latency" or a "sequence"';
    return repeat === undefined ? null : 'has "repeat", which is for a "sequence" only';
  }
  if (hasFaults)
    return 'has a "sequence" and a fault besides; put the fault into a step of its own';
  return sequence.some((turn) => turn.faults.length > 0)
    ? null
    : 'does nothing in any turn of its sequence; give one a "fault" or a "latency"';
}
