import { isHighSurrogate, isLowSurrogate } from '../python/surrogates.ts';

/**
 * Python's `prompt in text`. JavaScript's `includes` would also find half of a surrogate pair,
 * which in Python is one character.
 */
export function containsText(text: string, prompt: string): boolean {
  let index = text.indexOf(prompt);
  if (index < 0 || prompt === '') return index >= 0;
  const beginsInside = isLowSurrogate(prompt.charCodeAt(0));
  const endsInside = isHighSurrogate(prompt.charCodeAt(prompt.length - 1));
  while (index >= 0) {
    const cutsBefore = beginsInside && isHighSurrogate(text.charCodeAt(index - 1));
    const cutsAfter = endsInside && isLowSurrogate(text.charCodeAt(index + prompt.length));
    if (!cutsBefore && !cutsAfter) return true;
    index = text.indexOf(prompt, index + 1);
  }
  return false;
}
