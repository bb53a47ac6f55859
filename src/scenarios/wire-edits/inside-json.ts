const QUOTE = 34;
const BACKSLASH = 92;

/**
 * An offset amid the longest string of a JSON text, where no reader can take what comes before for
 * whole; amid the text when it has no string.
 */
export function insideJsonOf(json: Uint8Array): number {
  let start = -1;
  let best = Math.floor(json.length / 2);
  let longest = 0;
  for (let index = 0; index < json.length; index += 1) {
    const byte = json[index];
    if (byte === BACKSLASH && start >= 0) index += 1;
    else if (byte === QUOTE && start < 0) start = index;
    else if (byte === QUOTE) {
      const length = index - start;
      if (length > longest) {
        longest = length;
        best = start + Math.ceil(length / 2);
      }
      start = -1;
    }
  }
  return best;
}
