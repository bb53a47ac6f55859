/** Bytes that are put together as they arrive. */
export interface ByteBuffer {
  readonly length: number;
  append(bytes: Uint8Array): void;
  /** All of them, without a copy: valid until the next `append`. */
  bytes(): Buffer;
}

const FIRST_BYTES = 1024;

/**
 * Creates a buffer that doubles when it is full. A list of the pieces would cost a hundred times
 * their size when an endpoint sends them byte by byte.
 */
export function createByteBuffer(): ByteBuffer {
  let room = Buffer.allocUnsafe(FIRST_BYTES);
  let length = 0;
  return {
    get length() {
      return length;
    },
    append(bytes) {
      const needed = length + bytes.length;
      if (needed > room.length) {
        const larger = Buffer.allocUnsafe(Math.max(needed, room.length * 2));
        room.copy(larger, 0, 0, length);
        room = larger;
      }
      room.set(bytes, length);
      length = needed;
    },
    bytes: () => room.subarray(0, length),
  };
}
