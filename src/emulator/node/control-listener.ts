import type { IncomingMessage, ServerResponse } from 'node:http';
import { ProblemError } from '../control/problem.ts';
import { respondError } from '../control/respond.ts';
import type { Emulator } from '../emulator.ts';
import { holdBack } from './hold-back.ts';

/** The control plane's part of the Node door. */
export interface ControlListener {
  listen(message: IncomingMessage, response: ServerResponse): void;
  /** Ends what waits: a server that drains must not wait for those who wait for it. */
  endWaits(): void;
}

/** Makes the listener for requests to the control plane; they go the long way, through `fetch`. */
export function createControlListener(
  emulator: Emulator,
  onError: (error: unknown) => void,
): ControlListener {
  const waits = new Set<AbortController>();
  let isEnding = false;

  const answerWait = async (request: Request): Promise<Response> => {
    const wait = new AbortController();
    const end = () => wait.abort();
    request.signal.addEventListener('abort', end);
    waits.add(wait);
    if (isEnding) end();
    try {
      // Not a new Request, which would take the body away: the same one with another signal.
      const endable: Request = Object.create(request, { signal: { value: wait.signal } });
      const response = await emulator.fetch(endable);
      const isCutShort = wait.signal.aborted && !request.signal.aborted;
      return isCutShort && response.status === CLIENT_LEFT
        ? respondError(request, ENDING)
        : response;
    } finally {
      request.signal.removeEventListener('abort', end);
      waits.delete(wait);
    }
  };
  const answer = (request: Request) =>
    WAIT_PATH.test(request.url) ? answerWait(request) : emulator.fetch(request);
  // Hono's adapter is loaded when it is first needed: starting is quicker without it.
  const load = async () =>
    (await import('@hono/node-server')).getRequestListener(answer, {
      overrideGlobalObjects: false,
    });
  let loaded: ReturnType<typeof load> | undefined;

  return {
    listen(message, response) {
      loaded ??= load();
      const answered = loaded.then((listener) => {
        // The adapter would not notice a client that left while it was loaded.
        if (!response.destroyed) return listener(message, response);
      });
      const ended = answered.catch((error: unknown) => {
        onError(error);
        response.destroy();
      });
      void holdBack(response, ended);
    },
    endWaits() {
      isEnding = true;
      for (const wait of waits) wait.abort();
    },
  };
}

const WAIT_PATH = /\/requests\/wait\/?(?:\?|$)/;

/** What the control plane answers to nobody, when the signal of a request aborts. */
const CLIENT_LEFT = 499;

const ENDING = new ProblemError(
  503,
  'not-ready',
  'Failed to wait: the server finishes its last exchanges and ends. Start another one.',
);
