import { styleText } from 'node:util';
import type { Output, Terminal } from '../command.ts';

/** Colours a text, or leaves it as it is. */
export type Paint = (color: 'green' | 'red' | 'yellow' | 'dim' | 'bold', text: string) => string;

/** Colours on a terminal alone, and not where NO_COLOR says anything but nothing. */
export function createPaint(output: Output, environment: Terminal['environment']): Paint {
  // https://no-color.org: every text but the empty one.
  const isColored = output.isTTY === true && (environment.NO_COLOR ?? '') === '';
  // Decided already: Node would look at its own streams and its own environment.
  return (color, text) =>
    isColored && text !== '' ? styleText(color, text, { validateStream: false }) : text;
}
