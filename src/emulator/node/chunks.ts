/** How many chunks may lie loose before they are packed. */
export const LOOSE_MAX = 256;

/** Chunks that are larger are not worth the copy. */
const SMALL_BYTES = 4096;

const EMPTY = new Uint8Array();

/**
 * Puts the loose chunks, those from an index on, together into one if they are small: a `Buffer`
 * alone weighs a hundred bytes, and a body can come in chunks of one. Returns how many are packed.
 */
export function pack(chunks: Buffer[], packed: number): number {
  const bytes = chunks.slice(packed).reduce((sum, chunk) => sum + chunk.length, 0);
  if (bytes < (chunks.length - packed) * SMALL_BYTES) {
    chunks.push(Buffer.concat(chunks.splice(packed), bytes));
  }
  return chunks.length;
}

/** Puts all chunks together. Most bodies come in one, which needs no copy. */
export function join(chunks: readonly Buffer[], bytes: number): Uint8Array {
  const [first] = chunks;
  if (first === undefined) return EMPTY;
  return chunks.length === 1 ? first : Buffer.concat(chunks, bytes);
}
