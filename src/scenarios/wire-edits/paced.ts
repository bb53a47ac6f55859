import type { Clock } from '../clock.ts';
import { DURATION_MAX_MS } from '../duration.ts';
import type { Reply } from '../outcome.ts';
import { bodyBytes } from '../wire.ts';
import { createPacer } from './pacer.ts';
import { tokensOf } from './tokens.ts';

/** When tokens come. */
export interface Rhythm {
  readonly firstMs: number;
  /** Draws the time between two tokens. */
  intervalMs(): number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The reply with its tokens one by one, each at its time. */
export function paced(reply: Reply, body: AsyncIterable<string>, rhythm: Rhythm): Reply {
  // The first token is due from now on, not from when somebody reads.
  const dueIn = createPacer(rhythm.clock);
  return { ...reply, body: tokens() };
  async function* tokens() {
    let waitMs = rhythm.firstMs;
    for await (const text of body) {
      for (const token of tokensOf(text, reply)) {
        const dueMs = dueIn(waitMs);
        if (dueMs > 0) await rhythm.clock.sleep(dueMs, rhythm.signal);
        yield token;
        waitMs = rhythm.intervalMs();
      }
    }
  }
}

/** How long a reply of known size would take, token by token; a day at most. */
export function durationInTokens(reply: Reply, { firstMs, intervalMs }: Rhythm): number {
  const tokens = tokensOf(new TextDecoder().decode(bodyBytes(reply)), reply).length;
  let durationMs = firstMs;
  for (let token = 1; token < tokens; token += 1) durationMs += intervalMs();
  return Math.min(durationMs, DURATION_MAX_MS);
}
