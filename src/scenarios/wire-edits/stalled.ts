import { markFirst } from './cut.ts';
import type { Part } from './parts.ts';
import type { Place } from './places.ts';

/** The parts with a silence at a place; null lasts for ever. */
export async function* stalled(
  parts: AsyncIterable<Part>,
  isPlace: Place,
  silenceMs: number | null,
): AsyncGenerator<Part> {
  for await (const part of markFirst(parts, isPlace)) {
    if (part.kind !== 'cut') yield part;
    else if (silenceMs === null) return;
    else yield { kind: 'wait', durationMs: silenceMs };
  }
}
