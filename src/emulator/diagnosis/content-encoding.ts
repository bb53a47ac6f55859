import { Gunzip, Inflate, Unzlib } from 'fflate';
import type { HeaderList } from '../../scenarios/outcome.ts';
import { joinBytes } from '../bytes.ts';
import { headerOf } from './headers.ts';

/** urllib3 could not undo the answer's Content-Encoding; the message is what Python prints. */
export class ContentDecodingError extends Error {
  override readonly name = 'ContentDecodingError';
}

const MIB = 1024 * 1024;

/** An answer that unpacks to more than this is not looked into. */
export const OUTPUT_MAX_BYTES = 64 * MIB;

/**
 * What is unpacked at once. A byte may unpack to a thousand: the limit is looked at in between, so
 * that it is passed by 4 MiB at most.
 */
const SLICE_BYTES = 4096;

/** What bounds the unpacking. */
export interface UnpackLimits {
  /** Of each encoding, where there are several. */
  readonly outputMaxBytes: number;
  /** Called again and again; ends the unpacking by what it throws. */
  readonly onSlice?: () => void;
}

/** The packed answer is too large to be looked into. */
export class OutputLimitError extends Error {
  override readonly name = 'OutputLimitError';
  /** How far it got, with what came of the last slice. */
  readonly producedBytes: number;

  constructor(limitBytes: number, producedBytes: number) {
    super(`more than ${limitBytes / MIB} MiB`);
    this.producedBytes = producedBytes;
  }
}

const SUPPORTED = ['gzip', 'x-gzip', 'deflate'];

/**
 * Undoes an answer's Content-Encoding as urllib3 2 does without the optional brotli and zstd
 * packages: an encoding that it does not know is left as it is.
 * The words of zlib are exact for data that are not packed at all, the common mistake.
 * @throws ContentDecodingError, OutputLimitError, and what `onSlice` throws
 */
export function decodeContent(
  headers: HeaderList,
  body: Uint8Array,
  limits: UnpackLimits = { outputMaxBytes: OUTPUT_MAX_BYTES },
): Uint8Array {
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
      (data, part) => (part.endsWith('gzip') ? gunzip(data, limits) : inflate(data, limits)),
      body,
    );
  } catch (error) {
    if (!(error instanceof NotPackedError)) throw error;
    const reason = error.message;
    const problem = `error('Error -3 while decompressing data: ${reason}')`;
    throw new ContentDecodingError(
      `('Received response with content-encoding: ${encoding}, but failed to decode it.', ${problem})`,
    );
  }
}

/** The data are not packed as they should be. */
class NotPackedError extends Error {}

function gunzip(bytes: Uint8Array, limits: UnpackLimits): Uint8Array {
  // A header may be cut off, too.
  if (bytes[0] !== 0x1f || (bytes[1] ?? 0x8b) !== 0x8b) {
    throw new NotPackedError('incorrect header check');
  }
  return unpack(bytes, limits, (onChunk) => new Gunzip(onChunk));
}

/** With zlib's header where there is one, without one otherwise. */
function inflate(bytes: Uint8Array, limits: UnpackLimits): Uint8Array {
  const [method = 0, flags = 0] = bytes;
  const hasHeader = (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
  return unpack(bytes, limits, (onChunk) => {
    return hasHeader ? new Unzlib(onChunk) : new Inflate(onChunk);
  });
}

interface Unpacker {
  push(bytes: Uint8Array): void;
}

/** Unpacks what is there: urllib3 takes what a cut-off stream has given so far. */
function unpack(
  bytes: Uint8Array,
  { outputMaxBytes, onSlice = () => {} }: UnpackLimits,
  create: (onChunk: (chunk: Uint8Array) => void) => Unpacker,
): Uint8Array {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const unpacker = create((chunk) => {
    size += chunk.length;
    if (chunk.length > 0) chunks.push(chunk);
  });
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    push(unpacker, bytes.subarray(at, at + SLICE_BYTES));
    if (size > outputMaxBytes) throw new OutputLimitError(outputMaxBytes, size);
    onSlice();
  }
  return joinBytes(chunks);
}

function push(unpacker: Unpacker, bytes: Uint8Array): void {
  try {
    unpacker.push(bytes);
  } catch (error) {
    throw new NotPackedError(error instanceof Error ? error.message : String(error));
  }
}
