import { collect, replay } from './collect.ts';
import { untilFirst } from './cut.ts';
import { announceMore, editHead } from './head.ts';
import type { Part, Parts } from './parts.ts';
import { atOffsets } from './places.ts';

/** How an answer is cut. */
export interface Truncation {
  /** How much of the body is sent. */
  placeIn(body: Uint8Array): number;
  /** Whether the framing tells of the cut body, and so is right. */
  readonly isAnnounced: boolean;
}

/** The answer without the end of its body: the place may need the whole, so it is waited for. */
export function truncated(whole: Parts, truncation: Truncation): Partial<Parts> {
  return { parts: cutParts(whole.parts, truncation), end: 'close' };
}

async function* cutParts(
  parts: AsyncIterable<Part>,
  { placeIn, isAnnounced }: Truncation,
): AsyncGenerator<Part> {
  const collected = await collect(parts);
  const { length } = collected.body;
  if (isAnnounced && length === 0) return yield* collected.parts;
  const place = Math.max(0, Math.min(placeIn(collected.body), length - 1));
  const source = replay(collected);
  const announced = isAnnounced ? editHead(source, announceMore(place - length)) : source;
  yield* untilFirst(announced, atOffsets([place]));
  const last = collected.parts.findLast(({ kind }) => kind === 'last');
  if (isAnnounced && last !== undefined) yield last;
}
