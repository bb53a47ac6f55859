import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEmulator, type Emulator } from '../src/emulator/index.ts';
import { type RunningServer, serve } from '../src/emulator/node/index.ts';
import { createVirtualClock, type VirtualClock } from '../src/scenarios/clock.ts';
import type { Effect, FaultedExchange } from '../src/scenarios/effect.ts';
import type { Outcome } from '../src/scenarios/outcome.ts';
import { createRandom } from '../src/scenarios/random.ts';
import { FAULT_REGISTRY } from '../src/scenarios/registry.ts';
import { PLAIN, settle, streamed } from './fault-world.ts';

/** What `fetch` got to see. */
interface Seen {
  readonly status?: number;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly error?: string;
}

/** What the function answers behind the fault. */
const CORES: Readonly<Record<string, () => Outcome>> = {
  'an answer': () => ({ kind: 'reply', reply: PLAIN }),
  'a stream': () => ({
    kind: 'reply',
    reply: streamed(['data: {"prompt":\n\n', 'data: "Grüße"}\n\n']).reply,
  }),
};

/** These are the connection's, or the time's. */
const NOT_COMPARED = new Set(['connection', 'keep-alive', 'date', 'transfer-encoding']);

/** Asks as a browser's or Node's program would, and writes down whatever comes. */
async function ask(fetchIt: () => Promise<Response>): Promise<Seen> {
  const told = (error: unknown) => {
    const { name, message, cause } = error as Error & { cause?: Error & { code?: string } };
    // Node's fetch tells the parser's code up to Node 22, and no more in Node 24.
    const code = cause?.name === 'HTTPParserError' ? '' : cause?.code;
    return [name, message, cause?.name, code].join(' / ');
  };
  let seen: Seen = {};
  try {
    const response = await fetchIt();
    const headers = [...response.headers].filter(([name]) => !NOT_COMPARED.has(name));
    seen = { status: response.status, headers };
    return { ...seen, body: await response.text() };
  } catch (error) {
    return { ...seen, error: told(error) };
  }
}

let effect: Effect;
let core: () => Outcome;
let server: RunningServer;

/** An emulator with a fault in front of it, and the same fault for everybody. */
function createFaulty(clock: VirtualClock): Emulator {
  return createEmulator(
    {},
    {
      clock,
      intercept: () => (exchange) => {
        const faulted: FaultedExchange = Object.assign(Object.create(exchange), {
          random: createRandom('doors'),
          point: { requests: 0, elapsedMs: 0 },
        });
        return effect(faulted, async () => core());
      },
    },
  );
}

const clocks = { inProcess: createVirtualClock(), overSocket: createVirtualClock() };
const inProcess = createFaulty(clocks.inProcess);

beforeAll(async () => {
  server = await serve(createFaulty(clocks.overSocket), { port: 0 });
});
afterAll(() => server.close({ drainTimeoutMs: 0 }));

describe.each(FAULT_REGISTRY.faults.map((fault) => ({ kind: fault.kind, fault })))(
  '$kind is the same through both doors',
  ({ fault }) => {
    test.each(
      Object.keys(CORES).flatMap((name) => [
        { name, method: 'POST' },
        { name, method: 'HEAD' },
      ]),
    )('$method, before $name', async ({ name, method }) => {
      core = CORES[name] ?? core;
      const init = {
        method,
        redirect: 'manual' as const,
        ...(method === 'POST' && {
          headers: { 'content-type': 'application/json' },
          body: '{"prompt":"Grüße"}',
        }),
      };
      const make = () => fault.effect(fault.options.parse(fault.example));
      effect = make();
      const here = await settle(
        clocks.inProcess,
        ask(() => inProcess.fetch(new Request(server.url, init))),
      );
      effect = make();
      const there = await settle(
        clocks.overSocket,
        ask(() => fetch(server.url, init)),
      );
      expect(here).toEqual(there);
    });
  },
);
