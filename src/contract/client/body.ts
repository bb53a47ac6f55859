import type { Deadline } from './deadline.ts';

/** What was read of a body. */
export interface ReadBody {
  readonly bytes: Uint8Array;
  /** False when there was more, or when it broke off. */
  readonly isWhole: boolean;
}

/** Reads a body up to a limit, and lets go of the rest. It rejects where the body breaks off. */
export async function readBody(
  { body }: Response,
  bytesMax: number,
  deadline: Deadline,
): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  const isWhole = await readInto(chunks, body, { bytesMax, deadline });
  return { bytes: join(chunks, bytesMax), isWhole };
}

/** The same for an answer that is a failure anyhow: what came of it before it broke off. */
export async function readStart(
  { body }: Response,
  bytesMax: number,
  deadline: Deadline,
): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  let isWhole = false;
  try {
    isWhole = await readInto(chunks, body, { bytesMax, deadline });
  } catch (error) {
    if (deadline.endedBy === 'caller') throw error;
  }
  return { bytes: join(chunks, bytesMax), isWhole };
}

async function readInto(
  chunks: Uint8Array[],
  body: ReadableStream<Uint8Array> | null,
  { bytesMax, deadline: { signal } }: { readonly bytesMax: number; readonly deadline: Deadline },
): Promise<boolean> {
  if (body === null) return true;
  const reader = body.getReader();
  // Ends a read that waits, whether or not the body minds the signal of its request.
  const leave = () => void reader.cancel(signal.reason).catch(() => {});
  signal.addEventListener('abort', leave, { once: true });
  let bytes = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      const { done, value } = await reader.read();
      signal.throwIfAborted();
      if (done) return true;
      chunks.push(value);
      bytes += value.length;
      if (bytes > bytesMax) return false;
    }
  } finally {
    signal.removeEventListener('abort', leave);
    // Of no effect on a body that has ended.
    leave();
  }
}

function join(chunks: readonly Uint8Array[], bytesMax: number): Uint8Array {
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all.subarray(0, bytesMax);
}
