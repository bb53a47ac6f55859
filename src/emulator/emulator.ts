import { Hono } from 'hono';
import { z } from 'zod';
import { describeFunction } from '../contract/describe-function.ts';
import { type Clock, createRealClock } from '../scenarios/clock.ts';
import type { Outcome, Reply } from '../scenarios/outcome.ts';
import { createRandom } from '../scenarios/random.ts';
import { createAnswerSource } from './answers/create-answer-source.ts';
import type { AnswerSource } from './answers/source.ts';
import type { Call } from './call.ts';
import { createControl } from './control/control.ts';
import { CONTROL_PREFIX } from './control/port.ts';
import { renderExchange } from './exchange.ts';
import { createExchanges } from './exchanges.ts';
import { callFromRequest, toResponse } from './fetch-door.ts';
import { createFunction } from './function/function.ts';
import { STACKS } from './function/stacks.ts';
import { createJournal, type ExchangeSummary, type Journal } from './journal.ts';
import { type EmulatorConfig, type EmulatorInput, parseEmulatorOptions } from './options.ts';
import type { PyDict } from './python/value.ts';
import { VERSION } from './version.ts';

/** What an emulator is given beside its options: time, listeners, and who may control it. */
export interface Surroundings {
  readonly clock?: Clock;
  /** A source of one's own in place of a built-in one. */
  readonly answers?: AnswerSource;
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
export interface Emulator {
  readonly config: EmulatorConfig;
  readonly journal: Journal;
  /** Whether the control plane asks for a token. */
  readonly isGuarded: boolean;
  /** The door: answers a request as the endpoint would, `/__admin` included. */
  fetch(request: Request): Promise<Response>;
  /** The endpoint alone, for a door that has read the body already; at once where it can be. */
  handle(call: Call): Outcome | Promise<Outcome>;
  /** Writes down a call that the door had to answer itself: its body is over a limit. */
  refuse(call: Call, reply: Reply): Outcome;
  /** Starts over: journal, ordinals and the sequences of answers. */
  reset(): void;
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
  const config = parseEmulatorOptions(input);
  const { clock = createRealClock(), control = ANYONE_HERE, onCrash, onExchange } = surroundings;
  const journal = createJournal(config.journalMax, renderExchange);
  const answers = surroundings.answers ?? createAnswerSource(config.answer);
  const random = createRandom(config.seed).fork('answer');
  const { handler, parameters, promptField } = config.function;
  const hasPostedPrompt = promptField === 'prompt' && parameters.kind !== 'query';
  const exchanges = createExchanges({
    respond: createFunction(config.function, STACKS[config.stack], {
      answers,
      context: {
        clock,
        randomFor: ({ parameters }) => random.fork(identityOf(parameters)),
      },
      onCrash: (reason) => onCrash?.(reason),
    }),
    clock,
    journal,
    answerKey: handler.kind === 'answer' ? handler.key : null,
    // Where the function calls it otherwise, what was posted as `prompt` is still in the body.
    postedPrompt: (call, answered) =>
      hasPostedPrompt ? (answered?.prompt ?? null) : promptIn(call.body),
    bodyMaxBytes: config.journalBodyMaxBytes,
    onExchange,
  });
  let isReady = true;
  const reset = () => {
    journal.clear();
    exchanges.reset();
    answers.reset?.();
  };

  const controlApp = createControl({
    journal,
    clock,
    version: VERSION,
    token: control.token,
    isLoopback: control.isLoopback,
    config: () => ({ ...control.settings, ...config, function: describeFunction(config.function) }),
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
    const call = await callFromRequest(request, config.bodyMaxBytes);
    const outcome =
      call.refusal === null ? await exchanges.handle(call) : exchanges.refuse(call, call.refusal);
    return toResponse(outcome, request.method);
  });

  return {
    config,
    journal,
    isGuarded: control.token !== null && control.token !== '',
    fetch: async (request) => app.fetch(request),
    handle: exchanges.handle,
    refuse: exchanges.refuse,
    reset,
    setReady(ready) {
      isReady = ready;
    },
  };
}

const ANYONE_HERE = { token: null, isLoopback: true, settings: {} };

/** What makes two questions the same question: all validated parameters, types included. */
function identityOf(parameters: PyDict): string {
  return JSON.stringify([...parameters], (_key, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    return value instanceof Map ? [...value] : value;
  });
}

/** What stands under `prompt` in a JSON body. */
function promptIn(body: Uint8Array): string | null {
  try {
    return z.object({ prompt: z.string() }).parse(JSON.parse(new TextDecoder().decode(body)))
      .prompt;
  } catch {
    return null;
  }
}
