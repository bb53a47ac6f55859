import { stat } from 'node:fs/promises';
import type { Clock } from '../../scenarios/clock.ts';

/**
 * How often the file is looked at. Looking costs next to nothing, and works where the system tells
 * of no changes: in mounted folders, and for files that are replaced or linked to.
 */
export const LOOK_MS = 250;

/** A file that is gone for so long is not about to be replaced. */
export const GONE_MS = 2000;

/** What becomes of a watched file. */
export interface FileWatcher {
  /** Called when the file may have changed and is at rest; the next look waits for it. */
  onChange(): Promise<void>;
  /** Called when the file is gone, once until it is there again. */
  onGone(): void;
}

/** How a file is looked at, and until when. */
export interface WatchOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What tells two versions of the file apart; null when there is none. */
  readonly look?: (path: string) => Promise<string | null>;
}

/** Watches one file until the signal aborts. */
export async function watchFile(
  path: string,
  watcher: FileWatcher,
  { clock, signal, look = lookAt }: WatchOptions,
): Promise<void> {
  // Nothing is known yet, so what changed before the first look is found, too.
  let taken: string | null = null;
  let before: string | null = null;
  let looksMissed = 0;
  while (await slept(clock, signal)) {
    const now = await look(path);
    if (now === null) {
      looksMissed += 1;
      if (looksMissed * LOOK_MS === GONE_MS) watcher.onGone();
    } else if (now === before) {
      // Seen twice the same: whoever writes it has finished.
      looksMissed = 0;
      if (now !== taken) await watcher.onChange();
      taken = now;
    }
    before = now;
  }
}

async function slept(clock: Clock, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(LOOK_MS, signal);
    return !signal.aborted;
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

async function lookAt(path: string): Promise<string | null> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return null;
  }
}
