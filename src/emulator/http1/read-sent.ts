import type { HeaderList } from '../../scenarios/outcome.ts';
import { joinBytes } from '../bytes.ts';
import { createAnswerReader } from './answer-reader.ts';
import type { AnswerHead } from './read-head.ts';

/** What bytes say as an answer. */
export interface ReadAnswer {
  /** Null without a whole head. */
  readonly status: number | null;
  readonly headers: HeaderList;
  /** Without frames; without a head, all bytes as they are. */
  readonly body: Uint8Array;
  /** Size of the body, with what was sent but not kept. */
  readonly bytes: number;
}

/** Reads what was sent in answer to a request of the method, as far as it is an answer. */
export function readSent(
  { bytes, bytesSent }: { readonly bytes: Uint8Array; readonly bytesSent: number },
  method: string,
): ReadAnswer {
  const heads: AnswerHead[] = [];
  const pieces: Uint8Array[] = [];
  try {
    createAnswerReader(method, {
      onHead: (head) => heads.push(head),
      onData: (piece) => pieces.push(piece),
    }).feed(bytes);
  } catch {
    // What was read before the rule that is broken is what there is.
  }
  const [head] = heads;
  if (head === undefined) return { status: null, headers: [], body: bytes, bytes: bytesSent };
  const body = joinBytes(pieces);
  const unkept = bytesSent - bytes.length;
  return { status: head.status, headers: head.headers, body, bytes: body.length + unkept };
}
