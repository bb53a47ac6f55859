import type { HeaderList } from '../../scenarios/outcome.ts';
import { InflateError } from './bit-reader.ts';
import { adler32, crc32 } from './checksums.ts';
import { headerOf } from './headers.ts';
import { inflateRaw, OUTPUT_MAX_BYTES } from './inflate.ts';

/** urllib3 could not undo the answer's Content-Encoding; the message is what Python prints. */
export class ContentDecodingError extends Error {
  override readonly name = 'ContentDecodingError';
}

const SUPPORTED = ['gzip', 'x-gzip', 'deflate'];

/**
 * Undoes an answer's Content-Encoding as urllib3 2 does without the optional brotli and zstd
 * packages: an encoding that it does not know is left as it is.
 * @throws ContentDecodingError, OutputLimitError
 */
export function decodeContent(headers: HeaderList, body: Uint8Array): Uint8Array {
  const encoding = (headerOf(headers, 'content-encoding') ?? '').toLowerCase();
  const parts = encoding.split(',').map((part) => part.trim());
  const known = encoding.includes(',')
    ? parts.some((part) => SUPPORTED.includes(part))
    : SUPPORTED.includes(encoding);
  if (!known || body.length === 0) return body;
  if (parts.length > 5) {
    throw new ContentDecodingError(`Too many content encodings in the chain: ${parts.length} > 5`);
  }
  try {
    // In a list, urllib3 takes every encoding that it does not know for deflate.
    return parts.reduceRight(
      (data, part) => (part.endsWith('gzip') ? gunzip(data) : inflate(data)),
      body,
    );
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    const problem = `error('Error -3 while decompressing data: ${error.message}')`;
    throw new ContentDecodingError(
      `('Received response with content-encoding: ${encoding}, but failed to decode it.', ${problem})`,
    );
  }
}

/** With zlib's header first; without one when that fails. */
function inflate(bytes: Uint8Array): Uint8Array {
  try {
    return inflateZlib(bytes);
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    return inflateRaw(bytes, 0).output;
  }
}

function inflateZlib(bytes: Uint8Array): Uint8Array {
  const [method, flags] = bytes;
  if (method === undefined || flags === undefined) return bytes.subarray(0, 0);
  if ((method * 256 + flags) % 31 !== 0) throw new InflateError('incorrect header check');
  if ((method & 0x0f) !== 8) throw new InflateError('unknown compression method');
  if (method >> 4 > 7) throw new InflateError('invalid window size');
  if ((flags & 0x20) !== 0) throw new InflateError('need dictionary');
  const { output, end, complete } = inflateRaw(bytes, 2);
  const check = complete ? bytes.subarray(end, end + 4) : [];
  if (check.length === 4 && bigEndian(check) !== adler32(output)) {
    throw new InflateError('incorrect data check');
  }
  return output;
}

/** One gzip member after another; garbage behind the first is not an error. */
function gunzip(bytes: Uint8Array): Uint8Array {
  const outputs: Uint8Array[] = [];
  let leftBytes = OUTPUT_MAX_BYTES;
  for (let rest = bytes; rest.length > 0; ) {
    try {
      const member = gunzipMember(rest, leftBytes);
      outputs.push(member.output);
      leftBytes -= member.output.length;
      rest = rest.subarray(member.end);
    } catch (error) {
      if (outputs.length === 0 || !(error instanceof InflateError)) throw error;
      break;
    }
  }
  return concat(outputs);
}

function gunzipMember(bytes: Uint8Array, maxBytes: number): { output: Uint8Array; end: number } {
  const start = gzipHeaderEnd(bytes);
  if (start === null) return { output: bytes.subarray(0, 0), end: bytes.length };
  const { output, end, complete } = inflateRaw(bytes, start, maxBytes);
  const trailer = bytes.subarray(end, end + 8);
  if (complete && trailer.length >= 4 && littleEndian(trailer, 0) !== crc32(output)) {
    throw new InflateError('incorrect data check');
  }
  if (complete && trailer.length === 8 && littleEndian(trailer, 4) !== output.length) {
    throw new InflateError('incorrect length check');
  }
  return { output, end: complete ? end + trailer.length : bytes.length };
}

/** Where the compressed data begin; null when the input ends before. */
function gzipHeaderEnd(bytes: Uint8Array): number | null {
  if (bytes.length < 2) return null;
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new InflateError('incorrect header check');
  const flags = bytes[3];
  if (flags === undefined) return null;
  if (bytes[2] !== 8) throw new InflateError('unknown compression method');
  if ((flags & 0xe0) !== 0) throw new InflateError('unknown header flags set');
  let end = 10;
  if ((flags & 4) !== 0) end += 2 + (bytes[end] ?? 0) + (bytes[end + 1] ?? 0) * 256;
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, end);
    if (zero < 0) return null;
    end = zero + 1;
  }
  if ((flags & 2) !== 0) {
    const sum = crc32(bytes.subarray(0, end)) & 0xffff;
    const stored = (bytes[end] ?? 0) + (bytes[end + 1] ?? 0) * 256;
    if (bytes.length >= end + 2 && stored !== sum) throw new InflateError('header crc mismatch');
    end += 2;
  }
  return end > bytes.length ? null : end;
}

function littleEndian(bytes: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0;
}

function bigEndian([a = 0, b = 0, c = 0, d = 0]: Iterable<number>): number {
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
