import type { IncomingMessage } from 'node:http';
import type { Reply } from '../../scenarios/outcome.ts';
import { findHeader } from '../call.ts';
import { BODIES_TOO_LARGE, BODY_TOO_LARGE } from '../edge/limits.ts';
import type { BodyMessage } from './body-message.ts';
import { join, LOOSE_MAX, pack } from './chunks.ts';

/** Keeps count of the bytes of all bodies that are being read, so that their sum is bounded too. */
export interface BodyBudget {
  readonly bodyMaxBytes: number;
  /** For all bodies together. */
  readonly totalMaxBytes: number;
  usedBytes: number;
}

/** Who is told of a body. */
export interface BodyListener {
  /** The body stays in the budget until what this returns has resolved. */
  readonly onBody: (body: Uint8Array | Reply) => Promise<void> | void;
  /** The client left in the middle of its body. */
  readonly onLeft: (bytes: number) => void;
}

/** Modal's own limit: what is beyond it is not even read to be thrown away. */
const DISCARD_MAX_BYTES = 4 * 1024 ** 3;

/**
 * Collects a request's body and hands it over in the same turn in which its last byte arrived.
 * A body over a limit is refused as soon as that is known, and its rest is read and thrown away:
 * most clients only listen when they have sent everything.
 */
export function readBody(
  message: BodyMessage,
  budget: BodyBudget,
  { onBody, onLeft }: BodyListener,
): void {
  const chunks: Buffer[] = [];
  let packed = 0;
  let bytes = 0;
  let heldBytes = 0;
  let isDone = false;
  const announced = findHeader(message.rawHeaders, 'content-length');
  const announcedBytes = announced === null ? Number.NaN : Number(announced);

  const release = () => {
    budget.usedBytes -= heldBytes;
  };
  const finish = (body: Uint8Array | Reply | null) => {
    if (isDone) return;
    isDone = true;
    chunks.length = 0;
    const kept = body === null ? onLeft(bytes) : onBody(body);
    // While the answer is on its way, so is the body.
    if (kept instanceof Promise) void kept.then(release);
    else release();
  };
  message.taker = (chunk) => {
    if (chunk === null) {
      // Who waits long for an answer, and there can be thousands, holds no more than is needed.
      message.taker = null;
      return finish(join(chunks, bytes));
    }
    // A client that leaves is heard of; one that has sent everything in one piece needs no ear.
    if (bytes === 0 && chunk.length !== announcedBytes) message.on('close', () => finish(null));
    bytes += chunk.length;
    if (bytes > DISCARD_MAX_BYTES) message.destroy();
    if (isDone) return;
    heldBytes += chunk.length;
    budget.usedBytes += chunk.length;
    chunks.push(chunk);
    if (chunks.length - packed === LOOSE_MAX) packed = pack(chunks, packed);
    if (bytes > budget.bodyMaxBytes) finish(BODY_TOO_LARGE);
    else if (budget.usedBytes > budget.totalMaxBytes) finish(BODIES_TOO_LARGE);
  };
  if (announcedBytes > budget.bodyMaxBytes) finish(BODY_TOO_LARGE);
}

/** Whether a request says by itself that its body is over the limit. */
export function isAnnouncedTooLarge(
  { rawHeaders }: IncomingMessage,
  { bodyMaxBytes }: Pick<BodyBudget, 'bodyMaxBytes'>,
): boolean {
  const announced = findHeader(rawHeaders, 'content-length');
  return announced !== null && Number(announced) > bodyMaxBytes;
}
