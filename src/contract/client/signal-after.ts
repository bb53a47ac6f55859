/** Makes a signal that aborts after a time. */
export type SignalAfter = (durationMs: number) => AbortSignal;

/** By the machine's clock. On Node it keeps no process alive. */
export const signalAfter: SignalAfter = (durationMs) => AbortSignal.timeout(durationMs);
