import type { WireEnd } from '../../scenarios/outcome.ts';

/** What Python raises while it reads from a connection; the message is its `repr`. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
}

/** Python waits for more, and more never comes. */
export class SilenceError extends Error {
  override readonly name = 'SilenceError';
}

/** What came over a connection, read in the steps in which http.client reads. */
export interface Connection {
  /** The next line with its line break; what is left when the connection ends, empty at last. */
  readLine(): string;
  /** The next bytes; fewer where the connection ends. */
  read(length: number): Uint8Array;
  /** All bytes up to the end. */
  readAll(): Uint8Array;
}

/** `repr` of the reset that Linux reports. */
const RESET = "ConnectionResetError(104, 'Connection reset by peer')";

const LF = 10;

/**
 * Replays a connection.
 * @throws ReadError where it broke off, SilenceError where it stays open, both behind the last byte
 */
export function replayConnection(bytes: Uint8Array, end: WireEnd): Connection {
  let at = 0;
  const meetEnd = () => {
    if (end === 'reset') throw new ReadError(RESET);
    if (end === 'hang') throw new SilenceError('nothing comes any more');
  };
  const take = (until: number): Uint8Array => {
    const taken = bytes.subarray(at, until);
    at = until;
    return taken;
  };
  return {
    readLine() {
      const lineEnd = bytes.indexOf(LF, at);
      if (lineEnd < 0) meetEnd();
      return charactersOf(take(lineEnd < 0 ? bytes.length : lineEnd + 1));
    },
    read(length) {
      if (at + length > bytes.length) meetEnd();
      return take(Math.min(at + length, bytes.length));
    },
    readAll() {
      meetEnd();
      return take(bytes.length);
    },
  };
}

function charactersOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
