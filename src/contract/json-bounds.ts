/** How many values, and how many lists and objects in one another, JSON may have. */
export interface JsonBounds {
  readonly valuesMax: number;
  readonly depthMax: number;
}

const [QUOTE, BACKSLASH, COMMA] = [0x22, 0x5c, 0x2c];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Which bound a text passes, before a parser makes values of it: two characters become an object of
 * a hundred bytes. What is no JSON is left to the parser.
 */
export function passedBound(text: string, bounds: JsonBounds): keyof JsonBounds | null {
  let values = 1;
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) index = stringEnd(text, index);
    else if (unit === COMMA) values += 1;
    else if (unit === CLOSE_LIST || unit === CLOSE_OBJECT) depth -= 1;
    else if (unit === OPEN_LIST || unit === OPEN_OBJECT) {
      values += 1;
      depth += 1;
      if (depth > bounds.depthMax) return 'depthMax';
    }
    if (values > bounds.valuesMax) return 'valuesMax';
  }
  return null;
}

/** The place of the quote that ends the string that begins at a place; the end without one. */
function stringEnd(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit === BACKSLASH) index += 1;
    else if (unit === QUOTE) return index;
  }
  return text.length;
}
