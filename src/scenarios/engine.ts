import { type ArrivingExchange, readAsked } from './asked.ts';
import { createAttempts } from './attempts.ts';
import type { Clock } from './clock.ts';
import { type Decision, nearestNote, type StepNote } from './decision.ts';
import { type Core, type Layer, passLayers } from './layers.ts';
import type { Outcome } from './outcome.ts';
import { createRandom, type Random } from './random.ts';
import type { Scenario, Step } from './scenario.ts';
import { createStepState, decide, effectsFor, type StepState } from './step-state.ts';
import { tokenOf } from './token.ts';

/** What a run is given beside its scenario. */
export interface RunOptions {
  /** The origin of all chance; whoever starts a run prints it. */
  readonly seed: string;
  readonly clock: Clock;
  /** Whose run it is: the same requests draw otherwise in another one. */
  readonly namespace?: string;
  /** How many requests are known by what they ask; see `createAttempts`. */
  readonly attemptsMax?: number;
}

/** A request that has met the scenario. */
export interface AppliedExchange {
  /** Made on arrival; only `isReached` and `remarks` change until the outcome is there. */
  readonly decision: Decision;
  /** At once where no step strikes and the core answers at once. */
  readonly outcome: Outcome | Promise<Outcome>;
}

/** A scenario in force. */
export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly seed: string;
  readonly namespace: string;
  /** From this text the run can be had again. */
  readonly token: string;
  /** How many requests have met it. */
  readonly requests: number;
  /** Decides at once, and so in the order of arrival, what every step does; then does it. */
  apply(exchange: ArrivingExchange, core: Core): AppliedExchange;
}

/** Puts a scenario in force: windows, counters and attempts begin now. */
export function createScenarioRun(scenario: Scenario, options: RunOptions): ScenarioRun {
  const { seed, clock, namespace = '' } = options;
  const startedMs = clock.now();
  const attempts = createAttempts(options.attemptsMax);
  const states = scenario.steps.map(createStepState);
  const origin = { scenario: scenario.name, digest: scenario.digest, seed, namespace };
  let requests = 0;

  const arrive = (exchange: ArrivingExchange) => {
    requests += 1;
    const asked = readAsked(exchange, namespace);
    const attempt = attempts.next(asked.key);
    // A name that the caller gave decides alone; without one, every attempt draws anew.
    const identity = asked.isNamed ? asked.key : `${asked.key}#${attempt}`;
    return { asked, attempt, identity, ordinal: requests, elapsedMs: clock.now() - startedMs };
  };

  return {
    scenario,
    seed,
    namespace,
    token: tokenOf(scenario, seed),
    get requests() {
      return requests;
    },
    apply(exchange, core) {
      const arrival = arrive(exchange);
      const { ordinal, attempt, identity, elapsedMs } = arrival;
      const layers: Layer[] = [];
      const notes = states.map((state) => {
        const random = streamOf(seed, state.step, identity);
        const note = decide(state, arrival, random);
        if (note.stoppedAt !== null && !state.isWatching) return note;
        const layer = layerOf(state, { note, random: random(), elapsedMs });
        layers.push(layer);
        return layer.note;
      });
      const decision = { ...origin, ordinal, attempt, identity, elapsedMs, ...keepNotes(notes) };
      const outcome = layers.length === 0 ? core() : passLayers(exchange, layers, core);
      return { decision, outcome };
    },
  };
}

/**
 * The stream of one step for one request. It hangs on nothing else, so neither the order of
 * arrival nor any other step changes what it gives.
 */
function streamOf(seed: string, { id }: Step, identity: string): () => Random {
  let stream: Random | null = null;
  return () => {
    stream ??= createRandom(JSON.stringify([seed, id, identity]));
    return stream;
  };
}

interface Decided {
  readonly note: StepNote;
  readonly random: Random;
  readonly elapsedMs: number;
}

function layerOf(state: StepState, { note, random, elapsedMs }: Decided): Layer {
  const { window } = state.step;
  const inForceFromMs = window?.unit === 'time' ? window.from : 0;
  return {
    effects: effectsFor(state, note.turn),
    note: { ...note, remarks: [] },
    random,
    point: { requests: note.met, elapsedMs: Math.max(0, elapsedMs - inForceFromMs) },
  };
}

/** More notes than these are not kept of one request, unless more steps struck. */
const NOTES_MAX = 50;

function keepNotes(all: readonly StepNote[]): Pick<Decision, 'notes' | 'omitted'> {
  if (all.length <= NOTES_MAX) return { notes: all, omitted: 0 };
  const nearest = nearestNote(all);
  const isNeeded = (note: StepNote) => note.stoppedAt === null || note === nearest;
  let room = NOTES_MAX - all.filter(isNeeded).length;
  const notes = all.filter((note) => {
    if (isNeeded(note)) return true;
    room -= 1;
    return room >= 0;
  });
  return { notes, omitted: all.length - notes.length };
}
