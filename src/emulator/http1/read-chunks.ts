import { ParseError } from './parse-error.ts';

/** Takes the frames off a chunked body that comes in pieces. */
export interface ChunkReader {
  /** Finds the data in some bytes; what stands behind the end is left alone. */
  feed(bytes: Uint8Array): void;
  readonly isDone: boolean;
}

type Place =
  | 'size'
  | 'extension'
  | 'size-end'
  | 'data'
  | 'data-cr'
  | 'data-lf'
  | 'trailers'
  | 'done';

const CR = 13;
const LF = 10;
const SEMICOLON = 59;
const SIZE_DIGITS_MAX = 16;

/**
 * Reads as strictly as Node's newest parser.
 * @throws ParseError from `feed`
 */
export function createChunkReader(onData: (bytes: Uint8Array) => void): ChunkReader {
  let place: Place = 'size';
  let digits = '';
  let leftBytes = 0;
  let trailer = '';

  const take = (byte: number): void => {
    switch (place) {
      case 'size':
        place = takeSize(byte);
        return;
      case 'extension':
        if (byte === CR) place = 'size-end';
        else if (byte < 32 || byte === 127) {
          throw new ParseError('HPE_STRICT', 'Invalid character in chunk extensions');
        }
        return;
      case 'size-end':
        expect(byte, LF, 'Expected LF after chunk size');
        leftBytes = Number.parseInt(digits, 16);
        digits = '';
        place = leftBytes === 0 ? 'trailers' : 'data';
        return;
      case 'data-cr':
        expect(byte, CR, 'Expected LF after chunk data');
        place = 'data-lf';
        return;
      case 'data-lf':
        expect(byte, LF, 'Expected LF after chunk data');
        place = 'size';
        return;
      case 'trailers':
        takeTrailer(byte);
    }
  };

  const takeSize = (byte: number): Place => {
    const character = String.fromCharCode(byte);
    if (/[0-9a-f]/i.test(character)) {
      digits += character;
      if (digits.length <= SIZE_DIGITS_MAX) return 'size';
      throw new ParseError('HPE_INVALID_CHUNK_SIZE', 'Chunk size overflow');
    }
    if (digits !== '' && byte === CR) return 'size-end';
    if (digits !== '' && byte === SEMICOLON) return 'extension';
    throw new ParseError('HPE_INVALID_CHUNK_SIZE', 'Invalid character in chunk size');
  };

  const takeTrailer = (byte: number): void => {
    if (byte !== LF) {
      trailer += String.fromCharCode(byte);
      return;
    }
    const line = trailer.replace(/\r$/, '');
    trailer = '';
    if (line === '') place = 'done';
    else if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+:/.test(line)) {
      throw new ParseError('HPE_INVALID_HEADER_TOKEN', 'Invalid header token');
    }
  };

  return {
    get isDone() {
      return place === 'done';
    },
    feed(bytes) {
      let at = 0;
      while (at < bytes.length && place !== 'done') {
        if (place === 'data') {
          const piece = bytes.subarray(at, at + leftBytes);
          at += piece.length;
          leftBytes -= piece.length;
          if (leftBytes === 0) place = 'data-cr';
          onData(piece);
        } else {
          take(bytes[at] ?? 0);
          at += 1;
        }
      }
    },
  };
}

function expect(byte: number, wanted: number, message: string): void {
  if (byte !== wanted) throw new ParseError('HPE_STRICT', message);
}
