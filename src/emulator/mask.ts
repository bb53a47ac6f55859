import type { HeaderList } from '../scenarios/outcome.ts';
import { unquote } from './function/query.ts';

/** What stands in the journal in place of a secret. */
export const MASK = '***';

const SECRET_HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'modal-key',
  'modal-secret',
  'x-api-key',
  'api-key',
  'x-auth-token',
]);

/** Words that make a name a secret's: `api_key`, `accessToken`, `client-secret`. */
const SECRET_NAME =
  /(?:^|[_-])(?:api[_-]?key|key|token|secret|passw(?:or)?d|auth(?:orization)?|credentials?|signature|jwt|session(?:[_-]?id)?)$/i;

/** Named like a secret, and none: what a client says of its retries is what tests look for. */
const PUBLIC_HEADER = 'idempotency-key';

/** A quick look that finds every secret name, and a few others. */
const MAYBE_SECRET = /key|token|secret|passw|auth|cookie|credential|signature|jwt|session/i;

// A client sends the same headers again and again; to see that costs less than to mask them.
let lastHeaders: readonly string[] = [];
let lastLines = '';

/** Names and values, a line each, with the values of secret headers masked. */
export function maskHeaders(rawHeaders: readonly string[]): string {
  if (isSame(rawHeaders, lastHeaders)) return lastLines;
  lastLines = writeMasked(rawHeaders);
  lastHeaders = rawHeaders;
  return lastLines;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((text, index) => text === others[index]);
}

function writeMasked(rawHeaders: readonly string[]): string {
  const lines = rawHeaders.join('\n');
  if (!MAYBE_SECRET.test(lines) && !lines.includes('@')) return lines;
  const masked = [...rawHeaders];
  for (let index = 0; index + 1 < masked.length; index += 2) {
    const isSecret = isSecretHeader(masked[index] ?? '');
    masked[index + 1] = isSecret ? MASK : maskUrl(masked[index + 1] ?? '');
  }
  return masked.join('\n');
}

// The function gives the very same list again and again.
let lastReplyHeaders: HeaderList = [];
let lastMasked: HeaderList = [];

/** The headers of an answer, with the values of secret ones masked. */
export function maskReplyHeaders(headers: HeaderList): HeaderList {
  if (headers === lastReplyHeaders) return lastMasked;
  const isPlain = headers.every(
    ([name, value]) => !isSecretHeader(name) && maskUrl(value) === value,
  );
  lastReplyHeaders = headers;
  lastMasked = isPlain
    ? headers
    : headers.map(([name, value]) => [name, isSecretHeader(name) ? MASK : maskUrl(value)]);
  return lastMasked;
}

/** A header's value, with the secrets of a URL in it masked: `//user:password@host/?token=x`. */
function maskUrl(value: string): string {
  return maskTarget(value).text.replace(/\/\/[^/@\s]+@/g, `//${MASK}@`);
}

function isSecretHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return lower !== PUBLIC_HEADER && (SECRET_HEADERS.has(lower) || isSecretName(name));
}

/** A text without its secrets, and the secrets, for finding them elsewhere. */
export interface Masked {
  readonly text: string;
  readonly secrets: readonly string[];
}

/** A request's target with the values of secret query parameters masked. */
export function maskTarget(target: string): Masked {
  const question = target.indexOf('?');
  if (question < 0) return { text: target, secrets: [] };
  const secrets: string[] = [];
  const pairs = target.slice(question + 1).split('&');
  const masked = pairs.map((pair) => {
    const equals = pair.indexOf('=');
    if (equals <= 0 || !isSecretName(unquote(pair.slice(0, equals)))) return pair;
    const value = pair.slice(equals + 1);
    secrets.push(value, unquote(value.replaceAll('+', ' ')));
    return `${pair.slice(0, equals)}=${MASK}`;
  });
  return { text: `${target.slice(0, question)}?${masked.join('&')}`, secrets };
}

// A member whose value is a string, cut off perhaps, a number, or a list of these.
const JSON_MEMBER =
  /"((?:[^"\\]|\\.){1,100})"(\s*:\s*)("(?:[^"\\]|\\.)*(?:"|\\?$)|-?[0-9][0-9.eE+-]*|\[[^[\]{}]*(?:\]|$))/gs;

// The pairs of a form, `prompt=a&api_key=b`.
const FORM_PAIR = /(^|&)([A-Za-z0-9_.%-]{1,100})=([^&\s"]+)/g;

/** The text of a body with the values of secret members masked. */
export function maskBody(text: string): Masked {
  // An escape may hide a letter of a secret's name.
  if (!MAYBE_SECRET.test(text) && !text.includes('\\u')) return { text, secrets: [] };
  const secrets = secretLeaves(text);
  const members = text.replace(
    JSON_MEMBER,
    (member: string, name: string, colon: string, value: string) => {
      if (!isSecretName(withoutEscapes(name))) return member;
      const bare = value.replace(/^"|"$/g, '');
      secrets.push(bare, withoutEscapes(bare));
      return `"${name}"${colon}"${MASK}"`;
    },
  );
  const masked = members.replace(FORM_PAIR, (pair, before: string, name: string, value: string) => {
    if (!isSecretName(unquote(name))) return pair;
    secrets.push(value, unquote(value.replaceAll('+', ' ')));
    return `${before}${name}=${MASK}`;
  });
  return { text: maskAll(masked, secrets), secrets };
}

/** What stands in lists and objects under a secret's name, in a text that is JSON. */
function secretLeaves(text: string): string[] {
  const leaves: string[] = [];
  try {
    JSON.parse(text, (name: string, value: unknown) => {
      if (isSecretName(name) && typeof value === 'object') leaves.push(...leavesOf(value));
      return value;
    });
  } catch {
    // What is no JSON has no members but those that the eye can see.
  }
  return leaves;
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
  return typeof value === 'string' ? [value] : [];
}

/** A JSON string's content without its escapes; what is no such content stays as it is. */
function withoutEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

/** Shorter values stand in any text by chance, and masking them would only garble it. */
const SECRET_LENGTH_MIN = 4;

/** The text of an answer: FastAPI shows what it refuses, secrets included. */
export function maskEchoed(text: string, secrets: readonly string[]): string {
  return maskAll(maskBody(text).text, secrets);
}

function maskAll(text: string, secrets: readonly string[]): string {
  let masked = text;
  for (const secret of secrets) {
    if (secret.length >= SECRET_LENGTH_MIN) masked = masked.replaceAll(secret, MASK);
  }
  return masked;
}

function isSecretName(name: string): boolean {
  if (!MAYBE_SECRET.test(name)) return false;
  // accessToken and access_token are the same name.
  return SECRET_NAME.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));
}
