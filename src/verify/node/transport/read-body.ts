import type { ProbeLimits } from '../../exchange.ts';
import type { BodyReader } from './body-reader.ts';
import { type ByteBuffer, createByteBuffer } from './byte-buffer.ts';
import { bodyTooLarge, countBytes } from './failure.ts';
import type { Framing } from './framing.ts';
import { createChunkReader } from './read-chunks.ts';

/** Creates the reader that fits the framing. */
export function createBodyReader(framing: Framing, limits: ProbeLimits): BodyReader {
  const body = createByteBuffer();
  switch (framing.kind) {
    case 'length':
      return readLength(framing.bytes, body, limits);
    case 'chunked':
      return createChunkReader(body, limits);
    case 'until-close':
      return readUntilClose(body, limits);
    default:
      return framing satisfies never;
  }
}

function readLength(length: number, body: ByteBuffer, limits: ProbeLimits): BodyReader {
  return {
    body,
    push(bytes) {
      if (length > limits.bodyMaxBytes) return bodyTooLarge(limits, `Content-Length is ${length}`);
      const missing = length - body.length;
      body.append(bytes.subarray(0, missing));
      return body.length === length ? { rest: bytes.subarray(missing) } : null;
    },
    closed: () => ({
      code: 'body-short',
      detail:
        `Content-Length announces ${countBytes(length)}, ` +
        `and the connection closed after ${body.length}.`,
    }),
  };
}

function readUntilClose(body: ByteBuffer, limits: ProbeLimits): BodyReader {
  return {
    body,
    push(bytes) {
      body.append(bytes.subarray(0, limits.bodyMaxBytes + 1 - body.length));
      return body.length > limits.bodyMaxBytes ? bodyTooLarge(limits) : null;
    },
    closed: () => null,
  };
}
