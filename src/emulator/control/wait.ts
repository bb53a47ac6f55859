import type { Journal } from '../journal.ts';
import { countMatching, isMatching, type Match } from './match.ts';
import type { ControlPort } from './port.ts';
import type { Wait } from './wait-input.ts';

/**
 * Waits until enough matching exchanges are in the journal, the time is over or the client has
 * left, and returns how many there are then.
 */
export async function waitForCount(
  wait: Wait,
  { journal, clock }: Pick<ControlPort, 'journal' | 'clock'>,
  signal: AbortSignal,
): Promise<number> {
  const enough = new AbortController();
  let reached: number | null = null;
  const counter = createCounter(journal, wait.match, (count) => {
    if (count < wait.count) return;
    // Noted at once: the journal may be cleared before the one who waits is awake.
    reached ??= count;
    enough.abort();
  });
  try {
    if (counter.count() < wait.count) {
      await clock.sleep(wait.timeoutMs, AbortSignal.any([enough.signal, signal]));
    }
  } catch (error) {
    if (!enough.signal.aborted && !signal.aborted) throw error;
  } finally {
    counter.stop();
  }
  return reached ?? counter.count();
}

/** Counts on from what the journal holds: what is evicted meanwhile stays counted. */
function createCounter(journal: Journal, match: Match, onCount: (count: number) => void) {
  let matched = countMatching(journal, match);
  let lastTotal = journal.total;
  const stop = journal.subscribe((exchange) => {
    // A total that did not grow means that the journal was cleared.
    if (journal.total <= lastTotal) matched = 0;
    lastTotal = journal.total;
    if (isMatching(exchange, match)) matched += 1;
    onCount(matched);
  });
  return { count: () => (journal.total < lastTotal ? 0 : matched), stop };
}
