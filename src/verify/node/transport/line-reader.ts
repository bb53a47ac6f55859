/** A line without its end, and the bytes behind it. */
export interface ReadLine {
  readonly line: string;
  readonly rest: Buffer;
}

/** Puts lines together that may come in pieces. */
export interface LineReader {
  /** Null as long as the line has not come to its end; false when it is too long, or has no CR. */
  read(bytes: Buffer, maxBytes: number): ReadLine | false | null;
  /** What there is of a line that is not whole, or that was refused. */
  readonly part: string;
}

const LF = 0x0a;

/** Creates a reader of lines that end with CR LF. */
export function createLineReader(): LineReader {
  let part = '';
  return {
    get part() {
      return part;
    },
    read(bytes, maxBytes) {
      const end = bytes.indexOf(LF) + 1;
      const taken = end === 0 ? bytes.length : end;
      // What is over the limit is not kept, but for the byte that shows it.
      part += bytes.toString('latin1', 0, Math.min(taken, maxBytes + 1 - part.length));
      if (part.length > maxBytes) return false;
      if (end === 0) return null;
      if (!part.endsWith('\r\n')) return false;
      const line = part.slice(0, -2);
      part = '';
      return { line, rest: bytes.subarray(end) };
    },
  };
}
