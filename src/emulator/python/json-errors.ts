import { isHighSurrogate, isLowSurrogate } from './surrogates.ts';

/** Python's `json.JSONDecodeError`: positions count code points, as Python's strings do. */
export class JsonDecodeError extends Error {
  readonly msg: string;
  readonly pos: number;
  readonly lineno: number;
  readonly colno: number;

  constructor(msg: string, text: string, index: number) {
    const before = text.slice(0, index);
    const lineStart = before.lastIndexOf('\n') + 1;
    const pos = codePoints(before);
    const lineno = before.split('\n').length;
    const colno = codePoints(before.slice(lineStart)) + 1;
    super(`${msg}: line ${lineno} column ${colno} (char ${pos})`);
    this.name = 'JSONDecodeError';
    this.msg = msg;
    this.pos = pos;
    this.lineno = lineno;
    this.colno = colno;
  }
}

/** Python raises RecursionError on nesting deeper than its interpreter allows. */
export class JsonDepthError extends Error {
  override readonly name = 'RecursionError';
}

/** Python raises ValueError on an integer of more than 4300 digits. */
export class JsonIntError extends Error {
  override readonly name = 'ValueError';
}

/** How many characters Python counts: a surrogate pair is one. */
function codePoints(text: string): number {
  let count = text.length;
  for (let index = 1; index < text.length; index += 1) {
    const isPair =
      isLowSurrogate(text.charCodeAt(index)) && isHighSurrogate(text.charCodeAt(index - 1));
    if (isPair) count -= 1;
  }
  return count;
}
