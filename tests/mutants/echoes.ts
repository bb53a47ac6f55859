import { type Answering, json, type Mutant, parse, text } from './mutant.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
};

/** The prompt comes back otherwise than it was sent, or not at all. */
export const ECHO_MUTANTS: readonly Mutant[] = [
  {
    name: 'echo-none',
    summary: 'answers the completion alone',
    expected: ['echo-missing'],
    reply: text(() => 'The sky is blue.'),
  },
  {
    name: 'echo-trimmed',
    summary: 'strips the prompt',
    expected: ['echo-trimmed'],
    reply: text((whole, { prompt }) => whole.replace(prompt ?? '', (prompt ?? '').trim())),
  },
  {
    name: 'echo-lower-case',
    summary: 'answers in lower case, as an uncased tokenizer does',
    expected: ['echo-case'],
    reply: text((whole) => whole.toLowerCase()),
  },
  {
    name: 'echo-upper-case',
    summary: 'answers in upper case',
    expected: ['echo-case'],
    reply: text((whole) => whole.toUpperCase()),
  },
  {
    name: 'echo-nfc',
    summary: 'composes the characters of the prompt',
    expected: ['echo-normalized'],
    reply: text((whole) => whole.normalize('NFC')),
  },
  {
    name: 'echo-nfkc',
    summary: 'normalizes the prompt, as SentencePiece does',
    expected: ['echo-normalized'],
    reply: text((whole) => whole.normalize('NFKC')),
  },
  {
    name: 'echo-lf',
    summary: 'makes LF of CR LF',
    expected: ['echo-line-ends'],
    reply: text((whole) => whole.replaceAll('\r\n', '\n')),
  },
  {
    name: 'echo-html',
    summary: 'escapes the prompt for a page',
    expected: ['echo-html-escaped'],
    reply: text((whole) => whole.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char)),
  },
  {
    name: 'echo-json',
    summary: 'writes the prompt as JSON twice',
    expected: ['echo-json-escaped'],
    reply: text((whole) => JSON.stringify(whole).slice(1, -1)),
  },
  {
    name: 'echo-url',
    summary: 'writes the prompt as for a URL',
    expected: ['echo-url-encoded'],
    reply: text((whole) => encodeURIComponent(whole)),
  },
  {
    name: 'echo-spaces',
    summary: 'makes one space of several, as clean-up of a tokenizer does',
    expected: ['echo-spaces'],
    reply: text((whole) => whole.replace(/\s+/g, ' ')),
  },
  {
    name: 'echo-truncated',
    summary: 'keeps the first of a long prompt only',
    expected: ['echo-truncated'],
    reply: text((whole, { random }) => whole.slice(0, random.fork('at').integer(2000, 6000))),
  },
  {
    name: 'echo-truncated-left',
    summary: 'keeps the last of a long prompt only, as a sliding window does',
    expected: ['echo-truncated'],
    reply: text((whole, { random }) => whole.slice(-random.fork('at').integer(2000, 6000))),
  },
  {
    name: 'echo-ascii',
    summary: 'writes "?" for what is not ASCII',
    expected: ['echo-not-unicode'],
    reply: text((whole) => whole.replace(/[^\x20-\x7e\s]/gu, '?')),
  },
  {
    name: 'echo-mojibake',
    summary: 'reads UTF-8 as latin-1',
    expected: ['echo-not-unicode'],
    reply: text((whole) => Buffer.from(whole).toString('latin1')),
  },
  {
    name: 'echo-halves-swapped',
    summary: 'answers the halves of the prompt in the wrong order',
    expected: ['echo-changed'],
    reply: text((_whole, { prompt }) => {
      const middle = Math.floor((prompt ?? '').length / 2);
      return (prompt ?? '').slice(middle) + (prompt ?? '').slice(0, middle);
    }),
  },
  {
    name: 'stale',
    summary: 'answers what the request before asked for',
    // The answer to the empty prompt has no word that it could be known by.
    expected: ['stale-answer', 'echo-missing'],
    reply: json((value, { previous }) => (previous === null ? value : parse(previous))),
  },
  {
    name: 'cached-for-ever',
    summary: 'answers every prompt as the first one',
    expected: ['stale-answer'],
    reply: cachedForEver(),
  },
];

/** One answer for each server: its first request has no previous one. */
function cachedForEver(): Answering {
  let first: { prompt: string } | null = null;
  return json((value, { previous }) => {
    if (previous === null || first === null) first = value;
    return first;
  });
}
