import { isMapping, kindOf } from './refuse.ts';

/**
 * Sets headers over those that are there.
 * @throws TypeError that names the header, and not its value, which may be a secret
 */
export function addHeaders(headers: Headers, more: Readonly<Record<string, string>>): Headers {
  if (!isMapping(more)) {
    throw new TypeError(
      `Failed to set headers: they are ${kindOf(more)}, not an object of names and values. ` +
        'Give one; Object.fromEntries makes it of pairs, and of a Headers.',
    );
  }
  for (const [name, value] of Object.entries(more)) {
    if (typeof value !== 'string') {
      throw new TypeError(
        `Failed to set header "${name}": its value is ${kindOf(value)}, not a string. ` +
          'Give a string, or leave it out.',
      );
    }
    try {
      headers.set(name, value);
    } catch {
      throw new TypeError(
        `Failed to set header "${name}": the name or the value is none that HTTP can carry. ` +
          'Take out line breaks, and whatever is not Latin-1.',
      );
    }
  }
  return headers;
}

/** Of no use to anybody, so that a message may say the same words. */
const HARMLESS = /^(?:accept(?:-.+)?|content-type|user-agent|cache-control)$/;

/** Shorter values stand in any text by chance, and hiding them would only garble it. */
const SECRET_LENGTH_MIN = 4;

/** What must stand in no message: the values of the headers, with and without their scheme. */
export function secretsOf(headers: Headers): readonly string[] {
  return [...headers]
    .filter(([name]) => !HARMLESS.test(name))
    .flatMap(([, value]) => [value, ...value.split(/[\s,;]+/).slice(1)])
    .filter(({ length }) => length >= SECRET_LENGTH_MIN)
    .sort((one, other) => other.length - one.length);
}

/** A message cuts long texts, perhaps in the middle of a secret: so much of one gives it away. */
const HEAD_LENGTH = 8;

/** A text without these secrets, nor their beginnings. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce(hideSecret, text);
}

function hideSecret(text: string, secret: string): string {
  const [head, rest] = [secret.slice(0, HEAD_LENGTH), secret.slice(HEAD_LENGTH)];
  const [before = '', ...behind] = text.split(head);
  return before + behind.map((part) => `***${part.slice(sharedLength(part, rest))}`).join('');
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** When to ask again, by Retry-After: seconds, or a date that is held against the answer's own. */
export function retryAfterMs(headers: Headers): number | null {
  const given = headers.get('retry-after');
  if (given === null) return null;
  if (/^\d{1,10}$/.test(given)) return Number(given) * 1000;
  const sinceMs = Date.parse(headers.get('date') ?? '');
  const waitMs = Date.parse(given) - sinceMs;
  return Number.isNaN(waitMs) ? null : Math.max(0, waitMs);
}
