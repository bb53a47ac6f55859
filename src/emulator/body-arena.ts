/** Room for bodies, one for each place in the journal. */
export interface BodyArena {
  /** Copies a body to its place, and shows it there; one that is too long stays where it is. */
  keep(place: number, body: Uint8Array): Uint8Array;
}

/** A larger one is not made; bodies are then held as they came. */
const ARENA_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Makes room once for all bodies that the journal can keep. A body that is held as it came outlives
 * its exchange, and freeing thousands of them a second is what a server would then do most.
 */
export function createBodyArena(entriesMax: number, bytesMax: number): BodyArena | null {
  const size = entriesMax * bytesMax;
  if (size === 0 || size > ARENA_MAX_BYTES) return null;
  const room = new Uint8Array(size);
  return {
    keep(place, body) {
      if (body.length > bytesMax) return body;
      const at = (place % entriesMax) * bytesMax;
      room.set(body, at);
      return room.subarray(at, at + body.length);
    },
  };
}
