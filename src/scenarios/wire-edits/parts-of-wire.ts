import type { Wire } from '../outcome.ts';
import type { Part } from './parts.ts';

const LF = 10;
const CR = 13;

/**
 * Takes apart a wire of which nothing but its bytes is known: the head ends with the first empty
 * line, and the body keeps the framing that it has.
 */
export async function* partsOfWire({ steps }: Wire): AsyncGenerator<Part> {
  const isLastOfHead = createHeadEnd();
  let isInHead = true;
  for await (const step of steps) {
    if (step.kind === 'wait') {
      yield step;
      continue;
    }
    const { bytes } = step;
    const lastOfHead = isInHead ? bytes.findIndex(isLastOfHead) : -1;
    if (isInHead && lastOfHead < 0) {
      yield { kind: 'head', bytes, isFinal: false };
      continue;
    }
    if (isInHead) yield { kind: 'head', bytes: bytes.subarray(0, lastOfHead + 1), isFinal: false };
    isInHead = false;
    const rest = bytes.subarray(lastOfHead + 1);
    if (rest.length > 0) yield { kind: 'body', bytes: rest, isFinal: false };
  }
}

/** True at the last byte of the empty line behind a head. */
function createHeadEnd(): (byte: number) => boolean {
  let matched = 0;
  return (byte) => {
    if (byte === CR) matched = matched === 2 ? 3 : 1;
    else if (byte === LF) matched = matched === 1 || matched === 3 ? matched + 1 : 0;
    else matched = 0;
    return matched === 4;
  };
}
