import { showValue } from '../../emulator/explain/show.ts';

const BEFORE_CHARS = 16;
const SHOWN_CHARS = 60;
const ALIGNED_CHARS = 6;

/** The place where a text ceases to repeat a prompt: both sides, quoted. */
export function showDifference(
  text: string,
  prompt: string,
): readonly [asked: string, got: string] {
  const wanted = prompt.trimStart();
  const start = text.indexOf(wanted.slice(0, ALIGNED_CHARS));
  if (start < 0 || wanted === '') return [showValue(prompt), showValue(text)];
  let same = 0;
  while (same < wanted.length && wanted[same] === text[start + same]) same += 1;
  // Without what is around it, the difference is in front: a space that was lost.
  if (same === wanted.length) return [excerpt(prompt, 0), excerpt(text, 0)];
  return [excerpt(wanted, same), excerpt(text, start + same)];
}

function excerpt(text: string, at: number): string {
  const from = Math.max(0, at - BEFORE_CHARS);
  const part = text.slice(from, from + SHOWN_CHARS);
  const isCut = from + SHOWN_CHARS < text.length;
  return `${from > 0 ? '…' : ''}${showValue(part)}${isCut ? '…' : ''}`;
}
