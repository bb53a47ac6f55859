import type { Wire, WireEnd, WireStep } from '../scenarios/outcome.ts';
import { joinBytes } from './bytes.ts';

/** What was sent over a wire, when it is over. */
export interface WireSent {
  /** What was sent, up to the bound. */
  readonly bytes: Uint8Array;
  /** How much was sent in all. */
  readonly bytesSent: number;
  readonly end: WireEnd;
  /** False when the client left before the last step was through. */
  readonly isWhole: boolean;
}

/** Performs as the wire does and tells, once, what was sent. */
export function recordWire(wire: Wire, bytesMax: number, onOver: (sent: WireSent) => void): Wire {
  const pieces: Uint8Array[] = [];
  let keptBytes = 0;
  let bytesSent = 0;
  let isWhole = false;
  let isTold = false;

  async function* steps(): AsyncGenerator<WireStep> {
    for await (const step of wire.steps) {
      if (step.kind === 'send') {
        bytesSent += step.bytes.length;
        const piece = step.bytes.subarray(0, bytesMax - keptBytes);
        keptBytes += piece.length;
        if (piece.length > 0) pieces.push(piece);
      }
      yield step;
    }
    isWhole = true;
  }

  return {
    // Made when it is asked for: thousands that hang need none.
    steps: { [Symbol.asyncIterator]: steps },
    end: wire.end,
    onOver() {
      if (isTold) return;
      isTold = true;
      wire.onOver?.();
      onOver({ bytes: joinBytes(pieces), bytesSent, end: wire.end, isWhole });
    },
  };
}
