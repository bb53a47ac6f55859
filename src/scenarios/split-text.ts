/** Cuts a text into so many pieces of about the same length, never inside a character. */
export function splitText(text: string, count: number): readonly string[] {
  const cuts = Array.from({ length: count + 1 }, (_, index) => {
    const at = Math.floor((index * text.length) / count);
    return isInsidePair(text, at) ? at + 1 : at;
  });
  return cuts.slice(1).map((end, index) => text.slice(cuts[index], end));
}

/** Whether a place in a text parts the two halves of one character. */
export function isInsidePair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const behind = text.charCodeAt(at);
  return before >= 0xd800 && before < 0xdc00 && behind >= 0xdc00 && behind < 0xe000;
}
