import type { ProbeLimits } from '../../exchange.ts';
import { createByteBuffer } from './byte-buffer.ts';
import { countBytes, type Failure, isFailure } from './failure.ts';
import { notHttp, switchesProtocol, whyNoStart } from './not-http.ts';
import { type Head, parseHead } from './parse-head.ts';

/** A head, and the bytes that came with it. */
export interface ReadHead {
  readonly head: Head;
  readonly rest: Buffer;
}

/** Reads up to the end of the head of the final answer. */
export interface HeadReader {
  /** Takes bytes; null as long as more must come. */
  push(bytes: Buffer): ReadHead | Failure | null;
  /** What to say when the connection ends here. */
  closed(): Failure;
}

const LF = 0x0a;
const CR = 0x0d;

/** Creates a reader; `method` is that of the request, to know it when it comes back. */
export function createHeadReader(method: string, { headMaxBytes }: ProbeLimits): HeadReader {
  const received = createByteBuffer();
  let headStart = 0;
  let lineStart = 0;
  let searchedTo = 0;
  let lines: string[] = [];
  let interimCount = 0;

  const nextLine = (bytes: Buffer): string | Failure | null => {
    const end = bytes.indexOf(LF, searchedTo);
    searchedTo = end < 0 ? bytes.length : end + 1;
    if (end < 0) return null;
    if (bytes[end - 1] !== CR) return notHttp('A line of the head ends without a carriage return.');
    const line = bytes.toString('latin1', lineStart, end - 1);
    lineStart = end + 1;
    return line;
  };

  /** The final head; null after an interim one. */
  const takeHead = (bytes: Buffer): ReadHead | Failure | null => {
    const head = parseHead(lines);
    if (typeof head === 'string') return notHttp(head);
    if (head.status === 101) return switchesProtocol(head);
    if (head.status >= 200) return { head, rest: bytes.subarray(lineStart) };
    interimCount += 1;
    headStart = lineStart;
    lines = [];
    return null;
  };

  const read = (bytes: Buffer): ReadHead | Failure | null => {
    for (;;) {
      const strange = lines.length > 0 ? null : whyNoStart(bytes.subarray(headStart), method);
      if (strange !== null) return strange;
      const line = nextLine(bytes);
      if (typeof line !== 'string') return line;
      if (line !== '') {
        lines.push(line);
        continue;
      }
      const taken = takeHead(bytes);
      if (taken !== null) return taken;
    }
  };

  return {
    push(bytes) {
      received.append(bytes);
      const found = read(received.bytes());
      if (isFailure(found)) return found;
      if (received.length - (found?.rest.length ?? 0) <= headMaxBytes) return found;
      const interim = interimCount > 0 ? `, with ${interimCount} interim answers before it` : '';
      return {
        code: 'head-too-large',
        detail: `The head of the answer is larger than ${headMaxBytes} bytes${interim}.`,
      };
    },
    closed() {
      const where =
        received.length === 0
          ? 'without an answer'
          : `after ${countBytes(received.length)}, in the middle of the head of its answer`;
      return { code: 'closed', detail: `The endpoint closed the connection ${where}.` };
    },
  };
}
