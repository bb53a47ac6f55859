import type { SignalAfter } from './signal-after.ts';

/** What may end an exchange before its answer is whole. */
export interface Deadline {
  /** For `fetch`. */
  readonly signal: AbortSignal;
  /** What ended it; null as long as nothing did. */
  readonly endedBy: 'timeout' | 'caller' | null;
  /** Waits for a promise, but not beyond the end: not every `fetch` minds its signal. */
  race<T>(promise: Promise<T>): Promise<T>;
  /** Lets go of the signals it listened to. */
  close(): void;
}

/** What a deadline is made of. */
export interface DeadlineOptions {
  readonly timeoutMs: number;
  readonly callersSignal: AbortSignal | undefined;
  readonly signalAfter: SignalAfter;
}

/**
 * Starts to count. Two listeners and no `AbortSignal.any`: they can be taken off the caller's signal
 * again, which may live as long as the program, and they hold the timer's, which Node else forgets.
 */
export function openDeadline({ timeoutMs, callersSignal, signalAfter }: DeadlineOptions): Deadline {
  const controller = new AbortController();
  const timer = signalAfter(timeoutMs);
  let endedBy: Deadline['endedBy'] = null;
  const end = (by: 'timeout' | 'caller', reason: unknown) => {
    endedBy ??= by;
    controller.abort(reason);
  };
  const onTimeout = () => end('timeout', timer.reason);
  const onAbort = () => end('caller', callersSignal?.reason);
  if (callersSignal?.aborted === true) onAbort();
  timer.addEventListener('abort', onTimeout, { once: true });
  callersSignal?.addEventListener('abort', onAbort, { once: true });
  const ended = new Promise<never>((_resolve, reject) => {
    const { signal } = controller;
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  // It may end while nobody waits.
  ended.catch(() => {});
  return {
    signal: controller.signal,
    get endedBy() {
      return endedBy;
    },
    race: (promise) => Promise.race([promise, ended]),
    close() {
      timer.removeEventListener('abort', onTimeout);
      callersSignal?.removeEventListener('abort', onAbort);
    },
  };
}
