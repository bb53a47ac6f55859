const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;
const BACKSLASH = 92;
const LOWER_U = 117;

/**
 * Finds places in a body that comes byte by byte: true when there is one right before this byte.
 * It remembers what came before, so each body needs its own.
 */
export type Place = (byte: number) => boolean;

/** Before the bytes at these offsets. */
export function atOffsets(offsets: Iterable<number>): Place {
  const wanted = new Set(offsets);
  let offset = 0;
  return () => {
    offset += 1;
    return wanted.has(offset - 1);
  };
}

/** Behind as many words: texts without blanks. */
export function afterWords(count: number): Place {
  let words = 0;
  let isInWord = false;
  return (byte) => {
    const isBlank = byte <= SPACE;
    if (isBlank && isInWord) words += 1;
    isInWord = !isBlank;
    return isBlank && words >= count;
  };
}

/** Behind as many events of a server-sent stream; comments, which keep it alive, are none. */
export function afterEvents(count: number): Place {
  let events = 0;
  let lineLength = 0;
  let isInEvent = false;
  let wasCr = false;
  return (byte) => {
    const isLineEnd = byte === LF || byte === CR;
    const isSecondHalf = byte === LF && wasCr;
    wasCr = byte === CR;
    // The second half of a line end belongs to the first.
    if (isSecondHalf) return false;
    if (events >= count) return true;
    if (!isLineEnd) {
      if (lineLength === 0 && byte !== COLON) isInEvent = true;
      lineLength += 1;
    } else if (lineLength > 0) lineLength = 0;
    else if (isInEvent) {
      events += 1;
      isInEvent = false;
    }
    return false;
  };
}

/** Inside the characters that are more than one byte of UTF-8. */
export function insideCharacters(): Place {
  return (byte) => (byte & 0xc0) === 0x80;
}

/** Inside the escapes of JSON: behind the backslash, and amid four digits. */
export function insideEscapes(): Place {
  // 0 outside, 1 behind the backslash, 2 behind \u, 3 and 4 behind its first two digits.
  let state = 0;
  return (byte) => {
    const before = state;
    if (before === 0) state = byte === BACKSLASH ? 1 : 0;
    else if (before === 1) state = byte === LOWER_U ? 2 : 0;
    else state = before === 4 ? 0 : before + 1;
    return before === 1 || before === 4;
  };
}

/** Inside the line ends that separate the events of a server-sent stream. */
export function insideDelimiters(): Place {
  let wasLineEnd = false;
  return (byte) => {
    const isLineEnd = byte === LF || byte === CR;
    const isPlace = isLineEnd && wasLineEnd;
    wasLineEnd = isLineEnd;
    return isPlace;
  };
}

/** Before every byte. */
export function everywhere(): Place {
  return () => true;
}

/** In no place at all. */
export function nowhere(): Place {
  return () => false;
}
