/** Text that waits to be written, as bytes: unlike strings, they cost the garbage collector nothing. */
export interface ByteBuffer {
  isEmpty(): boolean;
  /** False, and nothing added, when the bound would be passed. */
  append(text: string): boolean;
  appendAlways(text: string): void;
  /** All that waits. The bytes stay as they are until `take` is called again. */
  take(): Uint8Array;
}

const FIRST_BYTES = 64 * 1024;

/** A UTF-16 unit takes at most three bytes. */
const BYTES_PER_UNIT = 3;

/** Creates a buffer that grows as it must, and is used again. */
export function createByteBuffer(bytesMax: number): ByteBuffer {
  let filling = Buffer.allocUnsafe(FIRST_BYTES);
  let taken = Buffer.allocUnsafe(FIRST_BYTES);
  let used = 0;

  const appendAlways = (text: string) => {
    const needed = used + text.length * BYTES_PER_UNIT;
    if (needed > filling.length) {
      const larger = Buffer.allocUnsafe(Math.max(needed, filling.length * 2));
      filling.copy(larger, 0, 0, used);
      filling = larger;
    }
    used += filling.write(text, used);
  };

  return {
    isEmpty: () => used === 0,
    append(text) {
      if (used + text.length > bytesMax) return false;
      appendAlways(text);
      return true;
    },
    appendAlways,
    take() {
      const bytes = filling.subarray(0, used);
      [filling, taken] = [taken, filling];
      used = 0;
      return bytes;
    },
  };
}
