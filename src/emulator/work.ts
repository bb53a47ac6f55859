import type { Wire, WireStep } from '../scenarios/outcome.ts';

/**
 * Which exchanges have something to do, so that virtual time waits for them. An exchange works from
 * its arrival to its end, but for the times in which it waits for its client, or hangs; one that
 * sleeps works, and is known by the clock.
 */
export interface Work {
  readonly working: number;
  /** Grows with everything that happens. */
  readonly changes: number;
  readonly arrivals: number;
  begin(): Doing;
}

/** The work of one exchange. */
export interface Doing {
  pause(): void;
  resume(): void;
  /** For good. */
  end(): void;
}

/** Begins with nothing to do. */
export function createWork(): Work {
  let working = 0;
  let changes = 0;
  let arrivals = 0;
  return {
    get working() {
      return working;
    },
    get changes() {
      return changes;
    },
    get arrivals() {
      return arrivals;
    },
    begin() {
      let state: 'working' | 'waiting' | 'over' = 'working';
      working += 1;
      changes += 1;
      arrivals += 1;
      const become = (next: typeof state) => {
        if (state === next || state === 'over') return;
        working += Number(next === 'working') - Number(state === 'working');
        changes += 1;
        state = next;
      };
      return {
        pause: () => become('waiting'),
        resume: () => become('working'),
        end: () => become('over'),
      };
    },
  };
}

/** A wire whose bytes wait for the client, and whose waits do not. */
export function workingWire(wire: Wire, doing: Doing): Wire {
  // Until the door asks for the first step, it waits for its turn on the connection.
  doing.pause();
  async function* steps(): AsyncGenerator<WireStep> {
    doing.resume();
    for await (const step of wire.steps) {
      if (step.kind === 'send') doing.pause();
      yield step;
      doing.resume();
    }
    if (wire.end === 'hang') doing.pause();
  }
  return { ...wire, steps: { [Symbol.asyncIterator]: steps } };
}

/** A streamed body that works while it is asked for more, and waits while it is read. */
export function workingStream(source: AsyncIterable<string>, doing: Doing): AsyncIterable<string> {
  doing.pause();
  async function* chunks(): AsyncGenerator<string> {
    doing.resume();
    for await (const chunk of source) {
      doing.pause();
      yield chunk;
      doing.resume();
    }
  }
  return { [Symbol.asyncIterator]: chunks };
}
