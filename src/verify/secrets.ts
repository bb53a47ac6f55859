import type { HeaderList } from '../scenarios/outcome.ts';
import { bytesOf, formsOf, textOfBase64, textOfBytes } from './secret-forms.ts';

/** What stands in a report in place of a secret. */
export const MASK = '***';

/** Keeps values that were given in confidence out of everything that is told. */
export interface Secrets {
  /** The text without the secrets, in whatever case or encoding they stand there. */
  redact(text: string): string;
  /** The value of a header without the secrets; also without those that are too short for a text. */
  redactHeader(value: string): string;
  /** The bytes without the secrets; the very same where there is none. */
  redactBytes(bytes: Uint8Array): Uint8Array;
}

/** Headers whose values say nothing in confidence, and would garble every text. */
const PLAIN_HEADERS = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'cache-control',
  'content-type',
  'user-agent',
]);

/** True for a header whose value may be shown. */
export function isPlainHeader(name: string): boolean {
  return PLAIN_HEADERS.has(name.toLowerCase());
}

/** Shorter values stand in any text by chance. */
const WHOLE_LENGTH_MIN = 4;

/** `Bearer wk-...`, `session=...; theme=dark`: what is long enough to be a secret by itself. */
const PART_LENGTH_MIN = 8;

/** The secrets in headers: whole values, their parts, and what is packed into them. */
export function secretsOfHeaders(headers: HeaderList): readonly string[] {
  const secrets = headers
    .filter(([name]) => !isPlainHeader(name))
    .flatMap(([name, value]) => [
      value.trim(),
      ...value.split(/[\s;,=]+/).filter((part) => part.length >= PART_LENGTH_MIN),
      ...credentialsOf(name, value),
      ...value.split(/[\s;,]+/).flatMap(unpacked),
      ...besideName(name, value.trim()),
    ]);
  return [...new Set(secrets)];
}

/** What follows the scheme, however short it is. */
function credentialsOf(name: string, value: string): readonly string[] {
  if (!/^(?:proxy-)?authorization$/i.test(name)) return [];
  return [/^\s*\S+\s+(.+?)\s*$/.exec(value)?.[1] ?? []].flat();
}

/** `Basic dXNlcjpwYXNzd29yZA==` is `user:password`, and an endpoint may repeat that. */
function unpacked(part: string): readonly string[] {
  const text = textOfBase64(part) ?? textOfBase64(part.slice(part.indexOf('=') + 1));
  if (text === null) return [];
  const colon = text.indexOf(':');
  if (colon < 0) return [text];
  const user = text.slice(0, colon);
  // A name such as "user" is a word like any other; a longer one may be a key.
  return [text, text.slice(colon + 1), ...(user.length >= PART_LENGTH_MIN ? [user] : [])];
}

/** Between a name and its value, where an endpoint repeats headers. */
const JOINTS = [': ', ':', '=', ' ', '\n', '": "', '":"', "': '", '", "', '","', "', '"];

/** A value that is too short to be looked for is one beside its name. */
function besideName(name: string, value: string): readonly string[] {
  if (value === '' || value.length >= WHOLE_LENGTH_MIN) return [];
  return JOINTS.map((joint) => `${name}${joint}${value}`);
}

/** The secrets in a URL: the values of its query. */
export function secretsOfUrl(url: string): readonly string[] {
  const question = url.indexOf('?');
  if (question < 0) return [];
  const raw = url.slice(question + 1).split('&');
  return [
    ...raw.map((pair) => pair.slice(pair.indexOf('=') + 1)),
    ...new URLSearchParams(url.slice(question + 1)).values(),
  ];
}

/** Makes a mask of values. */
export function createSecrets(values: readonly string[]): Secrets {
  const known = values.filter((value) => value.length >= WHOLE_LENGTH_MIN);
  const short = values.filter((value) => value !== '' && value.length < WHOLE_LENGTH_MIN);
  const texts = unique(known.flatMap(formsOf));
  const bytes = unique(known.flatMap(formsOf).flatMap(bytesOf));
  const words = unique(short).map(wordPattern);
  const redact = (text: string) => {
    const spans = findAll(text, texts);
    return spans.length === 0 ? text : without(text, spans);
  };
  return {
    redact,
    redactHeader: (value) => words.reduce((text, word) => text.replace(word, MASK), redact(value)),
    redactBytes(body) {
      if (bytes.length === 0) return body;
      const text = textOfBytes(body);
      const spans = findAll(text, bytes);
      if (spans.length === 0) return body;
      return Uint8Array.from(without(text, spans), (unit) => unit.charCodeAt(0));
    },
  };
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.map(inOneCase))].filter((text) => text !== '');
}

/** Not as a part of a longer word, nor of the mask. */
function wordPattern(word: string): RegExp {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  return new RegExp(`(?<![A-Za-z0-9*])${escaped}(?![A-Za-z0-9*])`, 'gi');
}

/** Of the same length, so that a place in it is one in the text. */
function inOneCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

type Span = readonly [start: number, end: number];

function findAll(text: string, forms: readonly string[]): readonly Span[] {
  const haystack = forms.length === 0 ? '' : inOneCase(text);
  return forms.flatMap((form) => {
    const spans: Span[] = [];
    let at = haystack.indexOf(form);
    for (; at >= 0; at = haystack.indexOf(form, at + form.length)) {
      spans.push([at, at + form.length]);
    }
    return spans;
  });
}

/** Forms overlap: what any of them covers is gone. */
function without(text: string, spans: readonly Span[]): string {
  const kept: string[] = [];
  let from = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    if (start >= from) kept.push(text.slice(from, start), MASK);
    from = Math.max(from, end);
  }
  return [...kept, text.slice(from)].join('');
}
