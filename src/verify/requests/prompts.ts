import { NON_ASCII_PROMPT } from '../../contract/examples.ts';
import type { Random } from '../../scenarios/random.ts';

/** A prompt, and the word in it that no other prompt has. */
export interface Prompt {
  readonly text: string;
  /** Lower case; empty in a prompt that has no room for it. */
  readonly nonce: string;
  /** What fills a long prompt: the part that stands in it again and again. */
  readonly filler?: { readonly unit: string; readonly times: number };
}

const THINGS = [
  'the Northern Lights',
  'a Prime Number',
  'the Silk Road',
  'a Black Hole',
  'Good Bread',
  'the River Nile',
  'a Sonnet',
  'Fermentation',
  'the Tides',
  'a Fugue',
  'Photosynthesis',
  'the Alphabet',
] as const;

/** Scripts, ligatures and marks on which careless code fails. */
const SCRIPTS = [
  'Ελληνικά',
  'русский',
  'עברית',
  'العربية',
  'हिन्दी',
  'ไทย',
  '日本語',
  '한국어',
  'ﬁve',
  'Straße',
  'İstanbul',
  '№ Ⅷ ①',
  '½ µm',
  'K and Å',
  '𝒜𝓁𝓅𝒽𝒶',
  '🏳️‍🌈',
  '👍🏽',
  'a\u0328\u0301',
  '“quoted” – and …',
  '\u00a0no\u00a0break',
] as const;

const FILLERS = [
  'Why is the sky blue? ',
  'Then it says again: ',
  'One more sentence & no more. ',
  'And so on, and so on. ',
] as const;

const FILLED_CHARS = 10_000;

function thing(index: number): string {
  return THINGS[index % THINGS.length] ?? THINGS[0];
}

/** One of a list. */
function pick<T>(random: Random, items: readonly [T, ...T[]]): T {
  return items[random.integer(0, items.length - 1)] ?? items[0];
}

/** A word that is in no other prompt: ten letters and digits. */
export function createNonce(random: Random): string {
  const letters = Array.from({ length: 10 }, () => random.integer(0, 35).toString(36));
  return `q${letters.join('')}`;
}

/**
 * A prompt as a template makes it: line ends and spaces around it, quotes and signs in it, since an
 * endpoint that trims or escapes them does so to every prompt of an application.
 */
export function ordinaryPrompt(random: Random): Prompt {
  const nonce = createNonce(random);
  const a = random.integer(0, THINGS.length - 1);
  const b = a + random.integer(1, THINGS.length - 1);
  const text = `\nQuestion ${nonce}: What has ${thing(a)} to do with "${thing(b)}" & 'R&D', if x < y?\n\nAnswer: `;
  return { nonce, text };
}

/** A prompt beside extra keys; it is sent with the escapes of JSON, as Python's clients send it. */
export function escapedPrompt(random: Random): Prompt {
  const nonce = createNonce(random);
  const text = `${nonce}: Erkläre ${pick(random, THINGS)} auf ${pick(random, SCRIPTS)} 😀\n`;
  return { nonce, text };
}

/** A prompt of many scripts; it is sent as UTF-8. */
export function nonAsciiPrompt(random: Random): Prompt {
  const nonce = createNonce(random);
  const scripts = Array.from({ length: 4 }, () => pick(random, SCRIPTS));
  return { nonce, text: `${nonce} ${NON_ASCII_PROMPT} ${scripts.join(', ')}.` };
}

/** A prompt longer than one packet; its nonce stands at both ends. */
export function longPrompt(random: Random, charsMax = FILLED_CHARS): Prompt {
  const nonce = createNonce(random);
  const unit = pick(random, FILLERS);
  const times = Math.floor(charsMax / unit.length);
  const text = `${nonce} begins here. ${unit.repeat(times)}Here ends ${nonce}.`;
  return { nonce, text, filler: { unit, times } };
}
