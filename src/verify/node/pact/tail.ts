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
  let isCut = false;
  return {
    add(chunk) {
      const whole = text + decoder.decode(chunk, { stream: true });
      isCut ||= whole.length > lengthMax;
      text = whole.slice(-lengthMax);
    },
    lines(countMax) {
      const all = stripVTControlCharacters(text).split('\n');
      // Half a line may begin within a secret, which nobody would find then.
      const lines = isCut ? all.slice(1) : all;
      return lines
        .map((line) => line.trim())
        .filter((line) => line !== '')
        .slice(-countMax);
    },
  };
}
