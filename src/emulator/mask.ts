import type { HeaderList } from '../scenarios/outcome.ts';

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
  /(?:^|[_-])(?:api[_-]?key|key|token|secret|passw(?:or)?d|auth(?:orization)?|credentials?|signature|jwt)$/i;

/** A quick look that finds every secret name, and a few others. */
const MAYBE_SECRET = /key|token|secret|passw|auth|credential|signature|jwt/i;

/** Names and values in turn, with the values of secret headers masked. */
export function maskHeaders(rawHeaders: readonly string[]): readonly string[] {
  let masked: string[] | null = null;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    if (!isSecretHeader(rawHeaders[index] ?? '')) continue;
    masked ??= [...rawHeaders];
    masked[index + 1] = MASK;
  }
  return masked ?? rawHeaders;
}

/** The headers of an answer, with the values of secret ones masked. */
export function maskReplyHeaders(headers: HeaderList): HeaderList {
  if (!headers.some(([name]) => isSecretHeader(name))) return headers;
  return headers.map(([name, value]) => [name, isSecretHeader(name) ? MASK : value] as const);
}

// Clients send the same few names again and again. Bounded, as every memory here.
const knownHeaders = new Map<string, boolean>();
const KNOWN_HEADERS_MAX = 1000;

function isSecretHeader(name: string): boolean {
  const known = knownHeaders.get(name);
  if (known !== undefined) return known;
  const isSecret = SECRET_HEADERS.has(name.toLowerCase()) || isSecretName(name);
  if (knownHeaders.size < KNOWN_HEADERS_MAX) knownHeaders.set(name, isSecret);
  return isSecret;
}

/** A request's target with the values of secret query parameters masked. */
export function maskTarget(target: string): string {
  const question = target.indexOf('?');
  if (question < 0 || !MAYBE_SECRET.test(target)) return target;
  const pairs = target.slice(question + 1).split('&');
  const masked = pairs.map((pair) => {
    const equals = pair.indexOf('=');
    return equals > 0 && isSecretName(pair.slice(0, equals))
      ? `${pair.slice(0, equals)}=${MASK}`
      : pair;
  });
  return `${target.slice(0, question)}?${masked.join('&')}`;
}

const JSON_MEMBER = /"((?:[^"\\]|\\.){1,100})"(\s*:\s*)"(?:[^"\\]|\\.)*(?:"|$)/g;

/** The text of a body with the strings of secret members masked; a cut-off string counts too. */
export function maskBody(text: string): string {
  if (!MAYBE_SECRET.test(text)) return text;
  return text.replace(JSON_MEMBER, (member, name: string, colon: string) =>
    isSecretName(name) ? `"${name}"${colon}"${MASK}"` : member,
  );
}

function isSecretName(name: string): boolean {
  if (!MAYBE_SECRET.test(name)) return false;
  // accessToken and access_token are the same name.
  return SECRET_NAME.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));
}
