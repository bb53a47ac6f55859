/** The part of a process that a shutdown needs. */
export interface SignalSource {
  on(signal: Signal, listener: (signal: Signal) => void): unknown;
  off(signal: Signal, listener: (signal: Signal) => void): unknown;
}

type Signal = 'SIGINT' | 'SIGTERM';

/** What shells report for a process that a signal ended: 128 and the signal's number. */
const EXIT_CODES: Readonly<Record<Signal, number>> = { SIGINT: 130, SIGTERM: 143 };

export interface ShutdownOptions {
  readonly signals: SignalSource;
  /** Stops accepting and resolves when open exchanges have ended. */
  readonly drain: (signal: Signal) => Promise<void>;
  /** Ends the process at once; for the second signal. */
  readonly exit: (code: number) => void;
}

/** Resolves after the first signal has been obeyed; a second one ends the process at once. */
export function waitForShutdown({ signals, drain, exit }: ShutdownOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let isStopping = false;
    const onSignal = (signal: Signal) => {
      if (isStopping) return exit(EXIT_CODES[signal]);
      isStopping = true;
      drain(signal).then(resolve, reject);
    };
    signals.on('SIGINT', onSignal);
    signals.on('SIGTERM', onSignal);
  });
}
