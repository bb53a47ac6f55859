import { createEmulator, type Emulator } from '../../src/emulator/index.ts';
import { serve } from '../../src/emulator/node/index.ts';
import { createVirtualClock } from '../../src/scenarios/clock.ts';
import type { Effect, FaultedExchange } from '../../src/scenarios/effect.ts';
import type { Outcome } from '../../src/scenarios/outcome.ts';
import { createRandom } from '../../src/scenarios/random.ts';
import { FAULT_ROWS } from './rows.ts';

/** What the emulator adds to the prompt. */
export const COMPLETION = ' Because.';

/** A server at whose `?row=N` the fault of row N stands before an echo; time passes by itself. */
export interface RowServer {
  urlOf(row: number): string;
  /** Called when nothing more will come of an exchange, though its connection stays open. */
  onSilence: (row: number) => void;
  readonly emulator: Emulator;
  close(): Promise<void>;
}

/** Starts it. */
export async function serveRows(): Promise<RowServer> {
  const clock = createVirtualClock();
  const effects = new Map<number, Effect>();
  const effectOf = (row: number): Effect | null => {
    const known = effects.get(row);
    if (known !== undefined) return known;
    const found = FAULT_ROWS[row];
    if (found === undefined) return null;
    const effect = found.fault.effect(found.fault.options.parse(found.options));
    effects.set(row, effect);
    return effect;
  };
  const emulator = createEmulator(
    { answer: { source: 'echo', completion: COMPLETION } },
    {
      clock,
      intercept: () => async (exchange, core) => {
        const row = Number(/[?&]row=(\d+)/.exec(exchange.target)?.[1] ?? Number.NaN);
        const effect = effectOf(row);
        if (effect === null) return core();
        const faulted: FaultedExchange = Object.assign(Object.create(exchange), {
          random: createRandom('rows'),
          point: { requests: 0, elapsedMs: 0 },
        });
        return tellSilence(await effect(faulted, core), () => rows.onSilence(row));
      },
    },
  );
  const server = await serve(emulator, { port: 0 });
  const rows: RowServer = {
    emulator,
    urlOf: (row) => `${server.url}?row=${row}`,
    onSilence: () => undefined,
    async close() {
      isOver = true;
      await server.close({ drainTimeoutMs: 0 });
    },
  };
  let isOver = false;
  const letTimePass = async () => {
    while (!isOver) {
      await clock.whenSleeping();
      await clock.advance(1000);
    }
  };
  void letTimePass();
  return rows;
}

function tellSilence(outcome: Outcome, onSilence: () => void): Outcome {
  if (outcome.kind !== 'wire' || outcome.wire.end !== 'hang') return outcome;
  const { wire } = outcome;
  async function* steps() {
    yield* wire.steps;
    onSilence();
  }
  return { ...outcome, wire: { ...wire, steps: { [Symbol.asyncIterator]: steps } } };
}
