import { INT_DIGITS_MAX } from '../python/json-read.ts';

/** What opens at the first place where JSON is nested deeper than `depthMax`. */
export function containerAtDepth(text: string, depthMax: number): 'array' | 'object' {
  let depth = 0;
  for (const [token] of outsideStrings(text)) {
    if (token === ']' || token === '}') depth -= 1;
    if (token !== '[' && token !== '{') continue;
    depth += 1;
    if (depth > depthMax) return token === '[' ? 'array' : 'object';
  }
  return 'array';
}

/** How many digits the first integer has that Python refuses for its length. */
export function digitsOfHugeInt(text: string): number {
  for (const [token] of outsideStrings(text)) {
    const isInt = /^[0-9]+$/.test(token);
    if (isInt && token.length > INT_DIGITS_MAX) return token.length;
  }
  return INT_DIGITS_MAX + 1;
}

/** Brackets and numbers without their sign; strings are stepped over. */
function outsideStrings(text: string): Iterable<RegExpExecArray> {
  return text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[[\]{}]|[0-9][0-9.eE+-]*/gs);
}
