import { repeatsPrompt } from '../../contract/prompt.ts';
import type { Problem, ProblemCode } from '../problems.ts';
import { showDifference } from './show-difference.ts';

/** What may have been done to a prompt: alike in both, the text repeats it after all. */
const CHANGES: readonly (readonly [ProblemCode, (text: string) => string])[] = [
  ['echo-line-ends', (text) => text.replace(/\r\n?|\n/g, '\n')],
  ['echo-normalized', (text) => text.normalize('NFC')],
  ['echo-normalized', (text) => text.normalize('NFKC')],
  // After the normal forms: the sign of the kelvin is a letter in both, and a small one here.
  ['echo-case', (text) => text.toLowerCase()],
  // One letter may become two: "ß" is "SS", and small again it is "ss".
  ['echo-case', (text) => text.toUpperCase()],
  ['echo-html-escaped', withoutEntities],
  ['echo-json-escaped', withoutJsonEscapes],
  ['echo-url-encoded', withoutPercents],
  ['echo-spaces', (text) => text.replace(/\s+/g, ' ')],
  ['echo-spaces', (text) => text.replace(/\s+/g, '')],
];

const WHAT: Partial<Record<ProblemCode, string>> = {
  'echo-trimmed': 'without the space around it',
  'echo-case': 'in another case',
  'echo-line-ends': 'with other line ends',
  'echo-normalized': 'in another Unicode normal form',
  'echo-html-escaped': 'with HTML escapes',
  'echo-json-escaped': "with JSON's escapes",
  'echo-url-encoded': "with a URL's escapes",
  'echo-spaces': 'with other spaces',
  'echo-not-unicode': 'with its non-ASCII characters broken',
  'echo-truncated': 'in part',
  'echo-changed': 'with changes',
};

/** More than any answer that is about its prompt: what is behind is not compared. */
const COMPARED_CHARS = 100_000;

/** A prompt whose echo is judged. */
export interface EchoedPrompt {
  readonly prompt: string;
  readonly nonce: string;
  /** What an earlier prompt has shown already. */
  readonly known: ReadonlySet<ProblemCode>;
}

/** Whether the text repeats the prompt, and if not, what became of it. */
export function judgeEcho(text: string, echoed: EchoedPrompt): Problem | null {
  const { prompt } = echoed;
  if (repeatsPrompt(text, prompt)) return null;
  const code = codeOf(text.slice(0, COMPARED_CHARS), echoed);
  const how = WHAT[code];
  const [asked, got] = showDifference(text, prompt);
  const reason =
    how === undefined
      ? `The prompt ${asked} is not in the answer, ${got}.`
      : `The prompt is repeated ${how}: of ${asked} became ${got}.`;
  return { code, reason };
}

function codeOf(text: string, { prompt, nonce, known }: EchoedPrompt): ProblemCode {
  // Spaces at the ends are lost beside many another change; the change is what to look for.
  const isAlike = ([, alike]: (typeof CHANGES)[number]) =>
    repeatsPrompt(alike(text), alike(prompt).trim());
  // The same change may look like another one on this prompt.
  const again = CHANGES.find((change) => known.has(change[0]) && isAlike(change));
  if (again !== undefined) return again[0];
  if (repeatsPrompt(text, prompt.trim())) return 'echo-trimmed';
  const change = CHANGES.find(isAlike);
  if (change !== undefined) return change[0];
  // Before what is cut: where the end of a prompt is not ASCII, both are true.
  if (isAsciiOnly(text, prompt)) return 'echo-not-unicode';
  if (isTruncated(text, prompt)) return 'echo-truncated';
  return nonce !== '' && text.toLowerCase().includes(nonce) ? 'echo-changed' : 'echo-missing';
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

function withoutEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,4}));/gi, (entity, ...groups) => {
    const [decimal, hex, name]: (string | undefined)[] = groups.slice(0, 3);
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}

const NAMED: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function withoutJsonEscapes(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_escape, hex, letter) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return NAMED[letter] ?? letter;
  });
}

function withoutPercents(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** One end of the prompt is there, and the other is not, or the middle is gone. */
function isTruncated(text: string, prompt: string): boolean {
  const quarter = Math.max(8, Math.min(200, Math.floor(prompt.length / 4)));
  const hasHead = text.includes(prompt.slice(0, quarter).trimStart());
  const hasTail = text.includes(prompt.slice(-quarter).trimEnd());
  if (hasHead && hasTail) return text.length < prompt.length * 0.9;
  return hasHead || hasTail;
}

/** What is ASCII in the prompt is all there, in its order. */
function isAsciiOnly(text: string, prompt: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII includes them.
  const parts = prompt.trim().split(/[^\x00-\x7f]+/);
  if (parts.length === 1) return false;
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}
