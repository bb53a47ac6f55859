import { createControl } from '../src/emulator/control/control.ts';
import type { ControlPort } from '../src/emulator/control/port.ts';
import {
  createJournal,
  type Exchange,
  type Journal,
  type JournalWriter,
} from '../src/emulator/journal.ts';
import { createLedger } from '../src/emulator/ledger.ts';
import { createNamespaces } from '../src/emulator/namespaces.ts';
import { createScenarios } from '../src/emulator/scenarios.ts';
import { createTiming } from '../src/emulator/time.ts';
import { explainExchange } from '../src/emulator/why.ts';
import { createVirtualClock } from '../src/scenarios/clock.ts';

/** A control plane with everything it stands on, without an emulator. */
export function createWorld(changes: Partial<ControlPort> & { journalMax?: number } = {}) {
  const { journalMax = 100, ...portChanges } = changes;
  const { journal, listening } = watchListeners(
    createJournal<Exchange>(journalMax, (kept) => kept),
  );
  const clock = createVirtualClock();
  const reported: unknown[] = [];
  let ordinal = 0;
  const port: ControlPort = {
    journal,
    ledger: createLedger(),
    namespaces: createNamespaces({
      clock,
      within: '',
      initial: [{ name: 'known' }],
      make: () => ({ journal, config: { seed: 'world' }, scenario: null, reset: () => {} }),
    }),
    clock,
    time: createTiming('real', clock).time,
    scenarios: createScenarios({ seed: 'control-world' }, { clock, isSeeded: false }),
    why: (asked) =>
      journal.get(asked) && explainExchange({ ordinal: asked, fault: null, met: null }),
    version: '1.2.3',
    token: null,
    isLoopback: true,
    config: () => ({ answer: { source: 'hello' } }),
    reset: () => {
      journal.clear();
      ordinal = 0;
    },
    openapi: () => '{"openapi":"3.1.0"}',
    providerState: () => null,
    setProviderState: () => {},
    isReady: () => true,
    reportError: (error) => reported.push(error),
    ...portChanges,
  };
  const control = createControl(port);

  /** Sends a request as a client would; a body that is no string goes as JSON. */
  const send = async (line: string, options: SendOptions = {}) => {
    const [method = 'GET', target = '/'] = line.split(' ');
    const { body, headers, signal, host = 'localhost:8000' } = options;
    const isJson = body !== undefined && typeof body !== 'string';
    const request = new Request(`http://${host}${target}`, {
      method,
      headers: { ...(isJson ? { 'content-type': 'application/json' } : {}), ...headers },
      ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : body }),
      ...(signal === undefined ? {} : { signal }),
    });
    const response = await control.fetch(request);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const sendJson = async (line: string, options: SendOptions = {}) => {
    const { text, ...rest } = await send(line, options);
    return { ...rest, json: JSON.parse(text) };
  };
  const arrive = (what: Partial<ExchangeFacts> = {}) => {
    ordinal += 1;
    journal.append(createExchange(ordinal, what));
  };
  return { journal, clock, control, reported, listening, send, sendJson, arrive };
}

interface SendOptions {
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
  readonly host?: string;
}

interface ExchangeFacts {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly prompt: string | null;
  /** Null for an abandoned exchange. */
  readonly status: number | null;
  /** Null for a fine answer, undefined for none of LangChain's. */
  readonly exception: string | null | undefined;
}

function createExchange(ordinal: number, what: Partial<ExchangeFacts>): Exchange {
  const body = { text: '', bytes: 0, clipped: false };
  const { method = 'POST', target = '/', headers = [], prompt = 'hi', status = 200 } = what;
  const exception = 'exception' in what ? what.exception : null;
  return {
    ordinal,
    startedAt: '1970-01-01T00:00:00.000Z',
    durationMs: 1,
    request: { method, target, headers, body, prompt },
    outcome: status === null ? { kind: 'abandoned' } : { kind: 'reply', status, headers, body },
    scenario: null,
    fault: null,
    diagnosis:
      exception === undefined
        ? null
        : {
            verdict: exception === null ? 'fine' : 'fails',
            exception,
            message: null,
            because: '',
            hint: null,
          },
  };
}

/** The journal, and how many listen to it. */
function watchListeners(journal: Journal & JournalWriter<Exchange>) {
  const listening = { count: 0 };
  const subscribe: Journal['subscribe'] = (listener) => {
    const stop = journal.subscribe(listener);
    listening.count += 1;
    return () => {
      listening.count -= 1;
      stop();
    };
  };
  // The journal's counters are getters, which a spread would freeze.
  const watched = Object.create(journal, { subscribe: { value: subscribe } }) as typeof journal;
  return { journal: watched, listening };
}
