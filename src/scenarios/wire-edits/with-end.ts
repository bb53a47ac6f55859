import { editHead, withoutFraming } from './head.ts';
import { type Part, type Parts, unframed } from './parts.ts';

/** How a connection ends behind an answer. */
export interface LateEnd {
  readonly afterMs: number;
  /** Whether nothing but the end of the connection ends the body. */
  readonly isUnframed: boolean;
}

/** The same answer with a late end. */
export function withEnd(whole: Parts, { afterMs, isUnframed }: LateEnd): Parts {
  if (!isUnframed) return { ...whole, parts: waitBehind(whole.parts, afterMs) };
  const parts = withoutLast(editHead(whole.parts, withoutFraming));
  return { ...whole, parts: waitBehind(parts, afterMs), frame: unframed };
}

async function* waitBehind(parts: AsyncIterable<Part>, durationMs: number): AsyncGenerator<Part> {
  yield* parts;
  yield { kind: 'wait', durationMs };
}

async function* withoutLast(parts: AsyncIterable<Part>): AsyncGenerator<Part> {
  for await (const part of parts) if (part.kind !== 'last') yield part;
}
