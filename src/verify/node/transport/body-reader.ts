import type { ByteBuffer } from './byte-buffer.ts';
import type { Failure } from './failure.ts';

/** The end of a body, and the bytes that came after it. */
export interface BodyEnd {
  readonly rest: Buffer;
}

/** Reads a body up to its end. */
export interface BodyReader {
  /** Takes bytes; null as long as more must come. */
  push(bytes: Buffer): BodyEnd | Failure | null;
  /** What is wrong with a connection that ends here; null when the body ends with it. */
  closed(): Failure | null;
  /** What was read of it so far. */
  readonly body: ByteBuffer;
}
