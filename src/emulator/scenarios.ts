import type { Clock } from '../scenarios/clock.ts';
import { DURATION_MAX_MS } from '../scenarios/duration.ts';
import { createScenarioRun, type ScenarioRun } from '../scenarios/engine.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { Problem } from './explain/issues.ts';
import { tellProblems } from './explain/problems.ts';
import { showValue } from './explain/show.ts';
import type { Intercept } from './intercept.ts';
import type { EmulatorConfig } from './options.ts';
import { readScenario, type ScenarioOption } from './scenario-option.ts';
import { UsageError } from './usage-error.ts';

/** A scenario in force, as its users see it. */
export interface ActiveScenario {
  readonly name: string;
  readonly summary: string | null;
  readonly seed: string;
  /** The run can be had again from it: `--replay TOKEN`. */
  readonly token: string;
  /** How many requests have met it. */
  readonly requests: number;
  /** Milliseconds since the Unix epoch, by the emulator's clock. */
  readonly startedMs: number;
  /** When it ends by itself; null when it does not. */
  readonly endsMs: number | null;
  /** What its steps are called, in their order. */
  readonly steps: readonly string[];
}

/** What a scenario is put in force with. */
export interface ActivateOptions {
  /** Else the scenario's own seed, or else the emulator's. */
  readonly seed?: string;
  /** How long it is in force, by the emulator's clock; else until it is ended. */
  readonly ttlMs?: number;
}

/** Puts scenarios in force, one at a time. */
export interface ScenarioControl {
  /** What is in force; null for none. */
  readonly scenario: ActiveScenario | null;
  /**
   * Puts a scenario in force in place of the one before, which stays when there is a mistake.
   * @throws UsageError that names everything wrong, each mistake by its place
   */
  activate(scenario: ScenarioOption, options?: ActivateOptions): ActiveScenario;
  /** Ends what is in force, and returns it as it was at its end; null when there was none. */
  deactivate(): ActiveScenario | null;
}

/** The scenarios of one emulator, with what its exchanges ask of them. */
export interface Scenarios extends ScenarioControl {
  /** What stands before the endpoint for one exchange more; null for nothing. */
  intercept(): Intercept | null;
  /** Puts what is in force in force anew: counters, attempts and windows begin again. */
  restart(): void;
}

/** What scenarios run with. */
export interface ScenarioParts {
  readonly clock: Clock;
  /** Whether the options name the seed, which then goes before the scenario's own. */
  readonly isSeeded: boolean;
  /** Whose requests they are; the same ones draw otherwise in another namespace. */
  readonly namespace?: string;
}

/** Begins with the configured scenario in force, if there is one. */
export function createScenarios(
  config: Pick<EmulatorConfig, 'scenario' | 'seed'>,
  { clock, isSeeded, namespace = '' }: ScenarioParts,
): Scenarios {
  let active: Active | null = null;

  const begin = (scenario: Scenario, seed: string, endsMs: number | null) => {
    const run = createScenarioRun(scenario, { seed, clock, namespace });
    active = { run, intercept: interceptBy(run), startedMs: clock.now(), endsMs };
    return show(active);
  };
  const inForce = (): Active | null => {
    if (active?.endsMs !== undefined && active.endsMs !== null && clock.now() >= active.endsMs) {
      active = null;
    }
    return active;
  };
  const activate: Scenarios['activate'] = (given, options = {}) => {
    const { scenario, problems } = readScenario(given);
    if (problems !== null) throw new ScenarioError(given, problems);
    checkOptions(given, options);
    const { seed, ttlMs } = options;
    const endsMs = ttlMs === undefined ? null : clock.now() + ttlMs;
    return begin(scenario, seed ?? scenario.seed ?? config.seed, endsMs);
  };
  if (config.scenario !== undefined) {
    activate(config.scenario, isSeeded ? { seed: config.seed } : {});
  }

  return {
    get scenario() {
      const now = inForce();
      return now === null ? null : show(now);
    },
    intercept: () => (active === null ? null : (inForce()?.intercept ?? null)),
    activate,
    deactivate() {
      const last = inForce();
      active = null;
      return last === null ? null : show(last);
    },
    restart() {
      const now = inForce();
      if (now !== null) begin(now.run.scenario, now.run.seed, now.endsMs);
    },
  };
}

/** Lets a run decide about exchanges, and tells the journal what it decided. */
export function interceptBy(run: ScenarioRun): Intercept {
  const { token } = run;
  return async (exchange, core) => {
    const { decision, outcome } = run.apply(exchange, core);
    exchange.met = { decision, token };
    return outcome;
  };
}

interface Active {
  readonly run: ScenarioRun;
  readonly intercept: Intercept;
  readonly startedMs: number;
  readonly endsMs: number | null;
}

function show({ run, startedMs, endsMs }: Active): ActiveScenario {
  const { scenario, seed, token, requests } = run;
  const { name, summary, steps } = scenario;
  const labels = steps.map(({ label }) => label);
  return { name, summary, seed, token, requests, startedMs, endsMs, steps: labels };
}

function checkOptions(given: unknown, { seed, ttlMs }: ActivateOptions): void {
  const problems: readonly Problem[] = [
    ...(seed === '' ? [mistake('seed', seed, 'is empty. Leave it out, or give it a text.')] : []),
    ...(ttlMs === undefined || (ttlMs > 0 && ttlMs <= DURATION_MAX_MS)
      ? []
      : [mistake('ttlMs', ttlMs, `must be more than 0 and at most ${DURATION_MAX_MS}.`)]),
  ];
  if (problems.length > 0) throw new ScenarioError(given, problems);
}

function mistake(key: string, value: unknown, predicate: string): Problem {
  return { path: [key], at: 'value', value, predicate };
}

/** A scenario that cannot be put in force, with each of its mistakes. */
export class ScenarioError extends UsageError {
  readonly problems: readonly Problem[];

  constructor(given: unknown, problems: readonly Problem[]) {
    const told = tellProblems(problems);
    super('invalid-scenario', `Failed to activate scenario ${nameOf(given)}: ${told}`);
    this.name = 'ScenarioError';
    this.problems = problems;
  }
}

function nameOf(given: unknown): string {
  if (typeof given !== 'object' || given === null) return showValue(given);
  const name = 'name' in given ? given.name : undefined;
  return showValue(typeof name === 'string' ? name : 'unnamed');
}
