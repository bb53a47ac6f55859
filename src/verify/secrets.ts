import type { HeaderList } from '../scenarios/outcome.ts';

/** What stands in a report in place of a secret. */
export const MASK = '***';

/** Keeps values that were given in confidence out of everything that is told. */
export interface Secrets {
  /** The text without the secrets. */
  redact(text: string): string;
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

/** The secrets in headers: whole values, and their parts. */
export function secretsOfHeaders(headers: HeaderList): readonly string[] {
  return headers
    .filter(([name]) => !isPlainHeader(name))
    .flatMap(([, value]) => [
      value.trim(),
      ...value.split(/[\s;,=]+/).filter((part) => part.length >= PART_LENGTH_MIN),
    ]);
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
  const forms = longestFirst(known.flatMap(formsOf));
  const bytes = forms.flatMap(bytesOf);
  return {
    redact: (text) => forms.reduce((masked, form) => masked.replaceAll(form, MASK), text),
    redactBytes: (body) => bytes.reduce(withoutBytes, body),
  };
}

/** As it may stand in JSON, a URL or a page. */
function formsOf(value: string): readonly string[] {
  const json = JSON.stringify(value).slice(1, -1);
  return [
    value,
    json,
    json.replaceAll('/', '\\/'),
    json.replace(/[^\x20-\x7e]/g, (unit) => {
      return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
    }),
    encodeURIComponent(value.toWellFormed()),
    value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  ];
}

function longestFirst(forms: readonly string[]): readonly string[] {
  return [...new Set(forms)].sort((a, b) => b.length - a.length);
}

/** In UTF-8, and as header values stand on the wire. */
function bytesOf(text: string): readonly Uint8Array[] {
  const utf8 = new TextEncoder().encode(text);
  if (utf8.length === text.length) return [utf8];
  return [utf8, Uint8Array.from(text, (unit) => unit.charCodeAt(0))];
}

const MASK_BYTES = new TextEncoder().encode(MASK);

function withoutBytes(bytes: Uint8Array, secret: Uint8Array): Uint8Array {
  let at = indexOfBytes(bytes, secret, 0);
  if (at < 0) return bytes;
  const kept: number[] = [];
  let from = 0;
  for (; at >= 0; at = indexOfBytes(bytes, secret, from)) {
    for (let index = from; index < at; index += 1) kept.push(bytes[index] ?? 0);
    kept.push(...MASK_BYTES);
    from = at + secret.length;
  }
  for (let index = from; index < bytes.length; index += 1) kept.push(bytes[index] ?? 0);
  return Uint8Array.from(kept);
}

function indexOfBytes(bytes: Uint8Array, wanted: Uint8Array, start: number): number {
  const first = wanted[0] ?? 0;
  for (let at = bytes.indexOf(first, start); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return at;
  }
  return -1;
}
