import { Hono } from 'hono';
import { describeFunction } from '../contract/describe-function.ts';
import type { ProviderStateName } from '../contract/provider-states.ts';
import { type Clock, createRealClock } from '../scenarios/clock.ts';
import type { Outcome, Reply } from '../scenarios/outcome.ts';
import type { AnswerSource } from './answers/source.ts';
import type { Call } from './call.ts';
import { createControl } from './control/control.ts';
import { CONTROL_PREFIX } from './control/port.ts';
import { createEndpoint } from './endpoint.ts';
import { renderExchange } from './exchange.ts';
import { createExchanges } from './exchanges.ts';
import { createFaultHeader } from './fault-header.ts';
import { callFromRequest, toResponse } from './fetch-door.ts';
import { createIdempotency } from './idempotency.ts';
import type { Intercept } from './intercept.ts';
import { createJournal, type ExchangeSummary, type Journal } from './journal.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createListeners } from './listeners.ts';
import { createNamespaceDoors } from './namespace-doors.ts';
import { createInside } from './namespace-inside.ts';
import { createNamespaces, type Namespaces } from './namespaces.ts';
import { type EmulatorConfig, type EmulatorInput, parseEmulatorOptions } from './options.ts';
import { inputInState, STATE_CHANGES } from './provider-states.ts';
import type { ScenarioOption } from './scenario-option.ts';
import { createScenarios, type ScenarioControl } from './scenarios.ts';
import { createTiming, type EmulatorTime } from './time.ts';
import { VERSION } from './version.ts';
import { explainExchange } from './why.ts';
import { wireResponse } from './wire-response.ts';

/** What an emulator is given beside its options: time, listeners, and who may control it. */
export interface Surroundings {
  /** Real time, and where a virtual one begins that the options ask for. */
  readonly clock?: Clock;
  /** A source of one's own in place of a built-in one. */
  readonly answers?: AnswerSource;
  /** Asked with every exchange what stands before the endpoint; null for what is in force. */
  readonly intercept?: () => Intercept | null;
  /** Called once for every exchange, after the journal has it. */
  readonly onExchange?: (exchange: ExchangeSummary) => void;
  /** Told what a real endpoint would only write to its log: why the function crashed. */
  readonly onCrash?: (reason: string) => void;
  /** Who may use the control plane; without it, any caller on this machine. */
  readonly control?: {
    readonly token: string | null;
    readonly isLoopback: boolean;
    /** What `/__admin/config` shows beside the emulator's own options; no secrets. */
    readonly settings?: Readonly<Record<string, unknown>>;
  };
}

/** A running imitation of one endpoint. It needs no socket. */
export interface Emulator extends ScenarioControl {
  /** In force: what was configured, or what a provider state makes of it. */
  readonly config: EmulatorConfig;
  readonly journal: Journal;
  /** What was asked for, how often, and what it cost. */
  readonly ledger: Ledger;
  /** Worlds of their own, for tests that run at the same time. */
  readonly namespaces: Namespaces<Emulator, ScenarioOption>;
  /** What time it is, and what waits by it. */
  readonly clock: Clock;
  /** How its time passes, and the hand that moves it. */
  readonly time: EmulatorTime;
  /** Whether the control plane asks for a token. */
  readonly isGuarded: boolean;
  /** The door: answers a request as the endpoint would, `/__admin` included. */
  fetch(request: Request): Promise<Response>;
  /** The endpoint alone, for a door that has read the body already; at once where it can be. */
  handle(call: Call): Outcome | Promise<Outcome>;
  /** Writes down a call that the door had to answer itself: its body is over a limit. */
  refuse(call: Call, reply: Reply): Outcome;
  /** Starts over: journal, ordinals, the scenario in force, answers, and no provider state. */
  reset(): void;
  /** Calls back when the emulator starts over; the returned function ends that. */
  onReset(listener: () => void): () => void;
  /** Puts the endpoint into a state of the contract; null is what was configured. */
  setProviderState(state: ProviderStateName | null): void;
  /** Tells `/__admin/ready` whether the server takes requests. */
  setReady(isReady: boolean): void;
}

/**
 * Creates an emulator. `createEmulator()` is the dummy of LangChain's page on Modal.
 * @throws UsageError for an option that is not valid, naming it
 */
export function createEmulator(
  input: EmulatorInput = {},
  surroundings: Surroundings = {},
): Emulator {
  return createWithin('', input, surroundings);
}

/** Creates an emulator that is a namespace of another one; the name is empty where it is none. */
function createWithin(
  namespace: string,
  input: EmulatorInput,
  surroundings: Surroundings,
): Emulator {
  const configured = parseEmulatorOptions(input);
  const { control = ANYONE_HERE, onCrash, onExchange } = surroundings;
  const { time, work } = createTiming(configured.clock, surroundings.clock);
  const { clock } = time;
  const isSeeded = input.seed !== undefined;
  const scenarios = createScenarios(configured, { clock, isSeeded, namespace });
  const faultHeader = configured.allowFaultHeader
    ? createFaultHeader({ clock, seed: configured.seed, namespace })
    : null;
  const journal = createJournal(configured.journalMax, renderExchange);
  const ledger = createLedger();
  const idempotency = createIdempotency(configured.idempotency);
  const assemble = (config: EmulatorConfig, answers: AnswerSource | undefined) => {
    const parts = { clock, answers, onCrash: (reason: string) => onCrash?.(reason) };
    const endpoint = createEndpoint(config, parts);
    return idempotency?.wrap(endpoint) ?? endpoint;
  };
  const base = assemble(configured, surroundings.answers);
  let current = base;
  let providerState: ProviderStateName | null = null;
  const resets = createListeners();
  const exchanges = createExchanges({
    endpoint: () => current,
    clock,
    journal,
    ledger,
    idempotency,
    bodyMaxBytes: configured.journalBodyMaxBytes,
    intercept: (call) =>
      surroundings.intercept?.() ?? faultHeader?.intercept(call) ?? scenarios.intercept(),
    work,
    resets,
    onExchange,
  });
  let isReady = true;
  const setProviderState = (state: ProviderStateName | null) => {
    providerState = state;
    current = base;
    if (state === null) return;
    const config = parseEmulatorOptions(inputInState(input, configured, state));
    const hasOwnAnswers = STATE_CHANGES[state].answer !== undefined;
    current = assemble(config, hasOwnAnswers ? undefined : surroundings.answers);
  };
  const reset = () => {
    journal.clear();
    ledger.clear();
    exchanges.reset();
    base.reset();
    scenarios.restart();
    faultHeader?.reset();
    setProviderState(null);
  };

  const namespaces = createNamespaces<Emulator, ScenarioOption>({
    clock,
    within: namespace,
    initial: configured.namespaces,
    make: (options) => createInside(options, { input, surroundings, createWithin }),
  });
  const controlApp = createControl({
    journal,
    ledger,
    namespaces,
    // Who waits for requests does so in real time: nothing of it is a part of the imitation.
    clock: configured.clock === 'real' ? clock : (surroundings.clock ?? createRealClock()),
    time,
    scenarios,
    why(ordinal) {
      const kept = journal.find(ordinal);
      return kept === undefined ? undefined : explainExchange(kept);
    },
    version: VERSION,
    token: control.token,
    isLoopback: control.isLoopback,
    config: () => ({
      ...control.settings,
      ...current.config,
      function: describeFunction(current.config.function),
    }),
    openapi: () => current.openapi(),
    providerState: () => providerState,
    setProviderState,
    reset,
    isReady: () => isReady,
  });
  // The path as it came: an encoded one is none of the control plane's.
  const app = new Hono({ getPath: (request) => new URL(request.url).pathname });
  // An aborted request rejects, as `fetch` does; Hono would make a 500 of it.
  app.onError((error) => {
    throw error;
  });
  for (const path of [CONTROL_PREFIX, `${CONTROL_PREFIX}/*`]) {
    app.all(path, ({ req }) => controlApp.fetch(req.raw));
  }
  app.all('*', async ({ req: { raw: request } }) => {
    const call = await callFromRequest(request, configured.bodyMaxBytes);
    const outcome =
      call.refusal === null ? await exchanges.handle(call) : exchanges.refuse(call, call.refusal);
    // `fetch` rejects with what its caller aborted with.
    if (outcome.kind === 'abandoned') request.signal.throwIfAborted();
    return outcome.kind === 'wire'
      ? wireResponse(outcome.wire, { request, clock, resets })
      : toResponse(outcome, request.method);
  });

  const doors = createNamespaceDoors<Emulator>({
    own: {
      fetch: async (request) => app.fetch(request),
      handle: exchanges.handle,
      refuse: exchanges.refuse,
    },
    namespaces,
    guard: control,
    bodyMaxBytes: configured.bodyMaxBytes,
  });

  return {
    ...doors,
    namespaces,
    get config() {
      return current.config;
    },
    journal,
    ledger,
    clock,
    time,
    get scenario() {
      return scenarios.scenario;
    },
    activate: scenarios.activate,
    deactivate: scenarios.deactivate,
    isGuarded: control.token !== null && control.token !== '',
    reset,
    onReset: resets.add,
    setProviderState,
    setReady(ready) {
      isReady = ready;
      for (const { emulator } of namespaces.list()) emulator.setReady(ready);
    },
  };
}

const ANYONE_HERE = { token: null, isLoopback: true, settings: {} };
