import { type Connection, ReadError } from './connection.ts';
import { headerOf } from './headers.ts';
import type { ClientHead } from './http-client.ts';
import { repr } from './python-repr.ts';

/** A header that urllib3 refuses when it looks how long the body is. */
export class InvalidHeaderError extends Error {
  override readonly name = 'InvalidHeaderError';
}

/** The bytes end, and urllib3 has words of its own for it. */
export class EndedPrematurely extends Error {
  override readonly name = 'EndedPrematurely';
}

/** How much requests asks for at a time. */
const PIECE_BYTES = 10_240;

/**
 * Reads a body as requests does through urllib3. What was read is there even when it breaks off.
 * @throws InvalidHeaderError, EndedPrematurely, ReadError, SilenceError
 */
export function readBody(
  connection: Connection,
  { status, headers }: ClientHead,
  onPiece: (piece: Uint8Array) => void,
): void {
  const encodings = (headerOf(headers, 'transfer-encoding') ?? '').toLowerCase().split(',');
  const isChunked = encodings.some((encoding) => encoding.trim() === 'chunked');
  const length = isChunked ? null : lengthOf(headerOf(headers, 'content-length'));
  if (status < 200 || status === 204 || status === 304) return;
  if (isChunked) readChunks(connection, onPiece);
  else if (length === null) onPiece(connection.readAll());
  else readExactly(connection, length, onPiece);
}

const INTEGER = /^\s*[+-]?[0-9]+(?:_[0-9]+)*\s*$/;

/** Null when the end of the connection ends the body. */
function lengthOf(value: string | null): number | null {
  const parts = value?.split(',') ?? [''];
  if (!parts.every((part) => INTEGER.test(part))) return null;
  const [length = -1, ...others] = new Set(parts.map((part) => Number(part.replaceAll('_', ''))));
  if (others.length > 0) {
    throw new InvalidHeaderError(
      `Content-Length contained multiple unmatching values (${value ?? ''})`,
    );
  }
  return length < 0 ? null : length;
}

function readExactly(
  connection: Connection,
  length: number,
  onPiece: (piece: Uint8Array) => void,
): void {
  const piece = connection.read(length);
  onPiece(piece);
  if (piece.length < length) throw incompleteRead(piece.length, length - piece.length);
}

function readChunks(connection: Connection, onPiece: (piece: Uint8Array) => void): void {
  for (let left = chunkLength(connection); left !== 0; left = chunkLength(connection)) {
    while (left > 0) {
      const wanted = Math.min(left, PIECE_BYTES);
      onPiece(safeRead(connection, wanted));
      left -= wanted;
    }
    // Whatever stands there is taken for the line break.
    safeRead(connection, 2);
  }
  // Trailers, up to an empty line or the end of the connection.
  for (let line = '?'; line !== '' && line !== '\r\n'; ) line = connection.readLine();
}

/** Python's `int(line, 16)`; a chunk cannot be shorter than nothing. */
const HEXADECIMAL = /^\s*\+?(?:0x_?)?[0-9a-f]+(?:_[0-9a-f]+)*\s*$/i;

function chunkLength(connection: Connection): number {
  const line = connection.readLine().split(';', 1)[0] ?? '';
  if (HEXADECIMAL.test(line)) {
    return Number.parseInt(
      line
        .trim()
        .replace(/^\+?(?:0x)?/i, '')
        .replaceAll('_', ''),
      16,
    );
  }
  if (line === '') throw new EndedPrematurely('Response ended prematurely');
  throw new ReadError(`InvalidChunkLength(got length b${repr(line)}, 0 bytes read)`);
}

/** `http.client.HTTPResponse._safe_read`. */
function safeRead(connection: Connection, length: number): Uint8Array {
  const piece = connection.read(length);
  if (piece.length === length) return piece;
  throw incompleteRead(piece.length, length - piece.length);
}

function incompleteRead(bytes: number, missing: number): ReadError {
  return new ReadError(`IncompleteRead(${bytes} bytes read, ${missing} more expected)`);
}
