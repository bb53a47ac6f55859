import { stripVTControlCharacters } from 'node:util';

/** The end of what a program printed. */
export interface Tail {
  add(chunk: Uint8Array): void;
  /** The last lines that say something. */
  lines(countMax: number): readonly string[];
}

/** Creates an empty tail that forgets what stands before its last characters. */
export function createTail(lengthMax: number): Tail {
  const decoder = new TextDecoder();
  let text = '';
  return {
    add(chunk) {
      text = (text + decoder.decode(chunk, { stream: true })).slice(-lengthMax);
    },
    lines(countMax) {
      const lines = stripVTControlCharacters(text).split('\n');
      return lines
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .slice(-countMax);
    },
  };
}
