import { IncomingMessage } from 'node:http';

/** Takes a body's chunks as Node's parser finds them; null is the end. */
export type ChunkTaker = (chunk: Buffer | null) => void;

/**
 * A request whose body can be taken where the parser delivers it, in `push`, which for a stream
 * means a way through buffers and ticks of the event loop. Without a taker it is a stream as ever,
 * which the control plane reads.
 */
export class BodyMessage extends IncomingMessage {
  taker: ChunkTaker | null = null;

  override push(chunk: unknown, encoding?: BufferEncoding): boolean {
    const { taker } = this;
    if (taker === null) return super.push(chunk, encoding);
    if (chunk !== null) {
      taker(chunk as Buffer); // The parser of a server without an encoding pushes buffers only.
      return true;
    }
    // The stream has to end as well: Node asks it when a connection is used again.
    const isMore = super.push(null);
    taker(null);
    return isMore;
  }
}
