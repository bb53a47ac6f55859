import { showValue } from '../emulator/explain/show.ts';
import { UsageError } from '../emulator/usage-error.ts';

/** Longer ones are refused by most servers anyway. */
const URL_MAX_CHARS = 8000;

const EXAMPLE = 'https://workspace--app-function.modal.run/';

/**
 * Reads the URL of an endpoint to verify.
 * @throws UsageError when it is no http or https URL, or holds what no request can carry
 */
export function parseEndpointUrl(text: string): URL {
  const refuse = (reason: string, way: string) =>
    new UsageError(
      'invalid-url',
      `Failed to verify endpoint ${showValue(withoutSecrets(text))}: ${reason}. ${way}`,
    );
  if (text.length > URL_MAX_CHARS) {
    throw refuse(`it is longer than ${URL_MAX_CHARS} characters`, 'Shorten it.');
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a URL parser would drop some of them.
  if (/[\u0000-\u0020\u007f]/.test(text)) {
    throw refuse('it has a space or a control character in it', 'Percent-encode or remove it.');
  }
  if (!/^https?:\/\/[^/]/i.test(text)) throw refuse(...notHttp(text));
  if (!URL.canParse(text)) throw refuse('it is no valid URL', `Write it as ${EXAMPLE}.`);
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw refuse(
      'it holds credentials, which a URL shows to everybody who sees it',
      "Leave them out, and use --header 'Authorization: ...'.",
    );
  }
  if (text.includes('#')) {
    throw refuse('it has a fragment, which is never sent', 'Leave out "#" and what follows it.');
  }
  return url;
}

function notHttp(text: string): [reason: string, way: string] {
  if (/^https?:/i.test(text)) {
    return ['after its scheme come two slashes and a host', `Write it as ${EXAMPLE}.`];
  }
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1];
  if (scheme !== undefined) {
    return [`its scheme is "${scheme}"`, 'Name an http or https URL.'];
  }
  const isHost = /^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])(?::\d+)?(?:[/?]|$)/i.test(text);
  const isLocal = /^(?:localhost|127\.|\[|0\.0\.0\.0)/i.test(text);
  const looksMeant = isHost && (isLocal || /[.:]/.test(text));
  const way = looksMeant
    ? `Did you mean "${isLocal ? 'http' : 'https'}://${withoutSecrets(text)}"?`
    : `Write the whole URL, as ${EXAMPLE}.`;
  return ['it has no http:// or https:// in front', way];
}

/** A URL, or what was meant to be one, without credentials and the values of its query. */
export function withoutSecrets(text: string): string {
  return text
    .replace(/^([a-z][a-z0-9+.-]*:\/+)?[^/?#]*@/i, '$1***@')
    .replace(/([?&][^=&#]*=)[^&#]*/g, '$1***')
    .replace(/#.*$/s, '#***');
}
