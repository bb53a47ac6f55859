import type { Clock } from '../clock.ts';
import { createPacer } from './pacer.ts';
import type { Part } from './parts.ts';

/** How an answer is slowed down. */
export interface Dribble {
  readonly sliceBytes: number;
  /** Which parts are slow. */
  isSlow(kind: Part['kind']): boolean;
  /** How long to wait before a slice, of which so many have gone before. */
  waitMs(bytes: number, ordinal: number): number;
  readonly clock: Clock;
}

/** Sends slices of what is slow, none of them copied, with waits before them. */
export async function* dribbled(
  parts: AsyncIterable<Part>,
  { sliceBytes, isSlow, waitMs, clock }: Dribble,
): AsyncGenerator<Part> {
  const dueIn = createPacer(clock);
  let ordinal = 0;
  for await (const part of parts) {
    if (part.kind === 'wait' || !isSlow(part.kind)) {
      yield part;
      continue;
    }
    const { kind, bytes } = part;
    for (let from = 0; from < bytes.length; from += sliceBytes) {
      const slice = bytes.subarray(from, from + sliceBytes);
      const isFinal = part.isFinal && from + sliceBytes >= bytes.length;
      yield { kind: 'wait', durationMs: dueIn(waitMs(slice.length, ordinal)) };
      yield { kind, bytes: slice, isFinal };
      ordinal += 1;
    }
  }
}
