import type { IncomingMessage } from 'node:http';
import type { Reply } from '../../scenarios/outcome.ts';
import { findHeader } from '../call.ts';
import { BODIES_TOO_LARGE, BODY_TOO_LARGE } from '../edge/limits.ts';

/** Keeps count of the bytes of all bodies that are being read, so that their sum is bounded too. */
export interface BodyBudget {
  readonly bodyMaxBytes: number;
  /** For all bodies together. */
  readonly totalMaxBytes: number;
  usedBytes: number;
}

const EMPTY = new Uint8Array();

/** Modal's own limit: what is beyond it is not even read to be thrown away. */
const DISCARD_MAX_BYTES = 4 * 1024 ** 3;

/**
 * Collects a request's body and hands it over in the same turn in which its last byte arrived.
 * A body over a limit is refused as soon as that is known, and its rest is read and thrown away:
 * most clients only listen when they have sent everything. A client that leaves gets no call back.
 */
export function readBody(
  message: IncomingMessage,
  budget: BodyBudget,
  onBody: (body: Uint8Array | Reply) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let heldBytes = 0;
  let isDone = false;

  const finish = (body: Uint8Array | Reply | null) => {
    if (isDone) return;
    isDone = true;
    budget.usedBytes -= heldBytes;
    chunks.length = 0;
    if (body !== null) onBody(body);
  };
  message.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > DISCARD_MAX_BYTES) message.destroy();
    if (isDone) return;
    heldBytes += chunk.length;
    budget.usedBytes += chunk.length;
    chunks.push(chunk);
    if (bytes > budget.bodyMaxBytes) finish(BODY_TOO_LARGE);
    else if (budget.usedBytes > budget.totalMaxBytes) finish(BODIES_TOO_LARGE);
  });
  message.on('end', () => finish(join(chunks, bytes)));
  message.on('close', () => finish(null));
  const announced = findHeader(message.rawHeaders, 'content-length');
  if (announced !== null && Number(announced) > budget.bodyMaxBytes) finish(BODY_TOO_LARGE);
}

/** Most bodies come in one piece, which needs no copy. */
function join(chunks: readonly Buffer[], bytes: number): Uint8Array {
  const [first] = chunks;
  if (first === undefined) return EMPTY;
  return chunks.length === 1 ? first : Buffer.concat(chunks, bytes);
}
