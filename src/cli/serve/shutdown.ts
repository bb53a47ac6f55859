import type { Clock } from '../../scenarios/clock.ts';
import { SIGNAL_EXIT_CODES } from '../exit-codes.ts';

/** The part of a process that a shutdown needs. */
export interface SignalSource {
  on(signal: Signal, listener: (signal: Signal) => void): unknown;
}

type Signal = 'SIGINT' | 'SIGTERM';

/**
 * One press of Ctrl-C can arrive twice: from the terminal, and handed on by a parent such as npm.
 * Nobody presses again as fast.
 */
const SAME_PRESS_MS = 200;

/** What a shutdown is made of. */
export interface ShutdownOptions {
  readonly signals: SignalSource;
  readonly clock: Clock;
  /** Stops accepting and resolves when open exchanges have ended. */
  readonly drain: (signal: Signal) => Promise<void>;
  /** Ends the process at once; for the second signal. */
  readonly exit: (code: number) => void;
}

/** Resolves after the first signal has been obeyed; a second one ends the process at once. */
export function waitForShutdown({ signals, clock, drain, exit }: ShutdownOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let first: { readonly signal: Signal; readonly atMs: number } | null = null;
    const onSignal = (signal: Signal) => {
      if (first !== null) {
        const isSamePress = signal === first.signal && clock.now() - first.atMs < SAME_PRESS_MS;
        return isSamePress ? undefined : exit(SIGNAL_EXIT_CODES[signal]);
      }
      first = { signal, atMs: clock.now() };
      drain(signal).then(resolve, reject);
    };
    signals.on('SIGINT', onSignal);
    signals.on('SIGTERM', onSignal);
  });
}
