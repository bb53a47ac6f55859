import type { ProbeAnswer, ProbeLimits } from '../../exchange.ts';
import type { BodyReader } from './body-reader.ts';
import { countBytes, type Failure, isFailure } from './failure.ts';
import { type Framing, framingOf } from './framing.ts';
import type { Head } from './parse-head.ts';
import { createBodyReader } from './read-body.ts';
import { createHeadReader } from './read-head.ts';

/** What an answer says, whole or up to where it broke off. */
export type Message = Pick<ProbeAnswer, 'status' | 'headers' | 'body'>;

/** How reading went: the answer is whole, or it is none. */
export type ReadEnd = 'whole' | Failure;

/** Reads one answer from the bytes of a connection. */
export interface AnswerReader {
  /** Takes bytes; null as long as more must come. After a whole answer any byte is one too many. */
  push(bytes: Buffer): ReadEnd | null;
  /** What it means that the connection ends here, in good order. */
  closed(): ReadEnd;
  /** What has come so far; null before the end of the head. */
  message(): Message | null;
}

/** A body that is being read. */
interface Begun {
  readonly framing: Framing;
  readonly reader: BodyReader;
}

/**
 * Creates a reader. Node's own client would do, but for what it hides: bytes after the end are
 * dropped, or taken for the next answer, and a reset looks like a short body.
 */
export function createAnswerReader(method: string, limits: ProbeLimits): AnswerReader {
  const headReader = createHeadReader(method, limits);
  let head: Head | null = null;
  let begun: Begun | null = null;
  let isWhole = false;

  const readBody = ({ framing, reader }: Begun, bytes: Buffer): ReadEnd | null => {
    const end = isWhole ? { rest: bytes } : reader.push(bytes);
    if (end === null || isFailure(end)) return end;
    isWhole = true;
    return end.rest.length === 0 ? 'whole' : tooLong(framing, end.rest.length);
  };

  return {
    push(bytes) {
      if (begun !== null) return readBody(begun, bytes);
      const read = headReader.push(bytes);
      if (read === null || isFailure(read)) return read;
      head = read.head;
      const framing = framingOf(head, method);
      if (isFailure(framing)) return framing;
      begun = { framing, reader: createBodyReader(framing, limits) };
      return readBody(begun, read.rest);
    },
    closed() {
      if (begun === null) return headReader.closed();
      return (isWhole ? null : begun.reader.closed()) ?? 'whole';
    },
    message() {
      if (head === null) return null;
      const { status, headers } = head;
      return { status, headers, body: begun?.reader.body.bytes() ?? new Uint8Array() };
    },
  };
}

function tooLong(framing: Framing, surplus: number): Failure {
  const end = framing.kind === 'length' ? framing.because : 'the last chunk';
  const came = `${countBytes(surplus)} came after the end of the answer`;
  return { code: 'body-long', detail: `At least ${came}, which ${end} puts before them.` };
}
