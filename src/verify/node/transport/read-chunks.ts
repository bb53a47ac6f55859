import type { ProbeLimits } from '../../exchange.ts';
import type { BodyEnd, BodyReader } from './body-reader.ts';
import type { ByteBuffer } from './byte-buffer.ts';
import { bodyTooLarge, countBytes, type Failure } from './failure.ts';
import { createLineReader } from './line-reader.ts';
import { isHeaderLine } from './parse-head.ts';

const SIZE_LINE = /^([0-9a-f]{1,12})(?:;[\t\x20-\x7e\x80-\xff]*)?$/i;
/** A body that is not chunked at all may have no line end that one could wait for. */
const SIZE_BEGIN = /^[0-9a-f]{1,12}(?:[;\r]|$)/i;
/** Enough for a size and for extensions, which nobody reads. */
const SIZE_LINE_BYTES_MAX = 1024;
const SHOWN_CHARS_MAX = 24;

/** What comes next. */
type Place = 'size' | 'data' | 'data-end' | 'trailer';

/** What reading one thing led to: the bytes behind it, or an end of one kind or the other. */
type Step = Buffer | BodyEnd | Failure | null;

/** Creates the reader of a chunked body, as strict as Node's own client is. */
export function createChunkReader(body: ByteBuffer, limits: ProbeLimits): BodyReader {
  const lines = createLineReader();
  let place: Place = 'size';
  let dataLeft = 0;
  let trailersLeft = limits.headMaxBytes;

  const steps: Readonly<Record<Place, (bytes: Buffer) => Step>> = {
    size(bytes) {
      const read = lines.read(bytes, SIZE_LINE_BYTES_MAX);
      if (read === null && SIZE_BEGIN.test(lines.part)) return null;
      const [, digits] = read ? (SIZE_LINE.exec(read.line) ?? []) : [];
      if (!read || digits === undefined) {
        return badChunk(`${show(read ? read.line : lines.part)} is no size of a chunk`);
      }
      dataLeft = Number.parseInt(digits, 16);
      place = dataLeft === 0 ? 'trailer' : 'data';
      return body.length + dataLeft > limits.bodyMaxBytes ? bodyTooLarge(limits) : read.rest;
    },
    data(bytes) {
      const data = bytes.subarray(0, dataLeft);
      body.append(data);
      dataLeft -= data.length;
      if (dataLeft === 0) place = 'data-end';
      return bytes.subarray(data.length);
    },
    'data-end'(bytes) {
      const read = lines.read(bytes, 2);
      if (read === null && lines.part === '\r') return null;
      if (!read) return badChunk(`${show(lines.part)} follows a chunk without a line end`);
      place = 'size';
      return read.rest;
    },
    trailer(bytes) {
      const read = lines.read(bytes, trailersLeft);
      if (read === null) return null;
      if (read === false && lines.part.length > trailersLeft) return trailersTooLarge(limits);
      if (!read) return badChunk(`the trailer ${show(lines.part)} ends without a carriage return`);
      if (read.line === '') return { rest: read.rest };
      trailersLeft -= read.line.length + 2;
      return isHeaderLine(read.line) ? read.rest : badChunk(`${show(read.line)} is no trailer`);
    },
  };

  return {
    body,
    push(bytes) {
      let left = bytes;
      while (left.length > 0) {
        const next = steps[place](left);
        if (!Buffer.isBuffer(next)) return next;
        left = next;
      }
      return null;
    },
    closed: () => unfinished(body.length, place === 'data' ? dataLeft : 0),
  };
}

function unfinished(bodyBytes: number, missingBytes: number): Failure {
  const where =
    missingBytes > 0
      ? `${countBytes(missingBytes)} before the end of a chunk`
      : 'without its last chunk';
  const after = `after ${countBytes(bodyBytes)} of a chunked body`;
  return { code: 'chunk-unfinished', detail: `The connection closed ${after}, ${where}.` };
}

function trailersTooLarge({ headMaxBytes }: ProbeLimits): Failure {
  const detail = `The trailers of the answer are larger than ${headMaxBytes} bytes.`;
  return { code: 'head-too-large', detail };
}

function badChunk(what: string): Failure {
  return { code: 'bad-chunk', detail: `The answer is not chunked as it says: ${what}.` };
}

function show(text: string): string {
  return JSON.stringify(text.slice(0, SHOWN_CHARS_MAX));
}
