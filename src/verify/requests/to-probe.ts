import { VERSION } from '../../emulator/version.ts';
import type { HeaderList } from '../../scenarios/outcome.ts';
import type { ProbeRequest } from '../exchange.ts';
import { queryText } from '../shell.ts';
import type { PlannedRequest } from './planned.ts';

/** As the libraries under LangChain's class ask for it: an answer in br would be unasked for. */
export const ACCEPT_ENCODING = 'gzip, deflate';

const OWN_HEADERS: HeaderList = [
  ['User-Agent', `modal-emulator/${VERSION} verify`],
  ['Accept-Encoding', ACCEPT_ENCODING],
  ['Accept', '*/*'],
];

/** Makes bytes of a request. The user's headers take the place of those that would be sent. */
export function toProbe(request: PlannedRequest, url: string, headers: HeaderList): ProbeRequest {
  const given = new Set(headers.map(([name]) => name.toLowerCase()));
  const own = OWN_HEADERS.filter(([name]) => !given.has(name.toLowerCase()));
  const text = bodyText(request);
  return {
    method: request.method,
    url: requestUrl(url, request),
    headers: [
      ...own,
      ...headers,
      ...(text === null ? [] : [['Content-Type', 'application/json'] as const]),
    ],
    body: text === null ? null : new TextEncoder().encode(text),
  };
}

/** The URL with the parameters of a request behind those that it has already. */
export function requestUrl(url: string, { query }: Pick<PlannedRequest, 'query'>): string {
  if (query === null || query.length === 0) return url;
  const joint = url.includes('?') ? (/[?&]$/.test(url) ? '' : '&') : '?';
  return `${url}${joint}${queryText(query)}`;
}

/** The JSON of a request; null without a body. */
export function bodyText({ body, isEscaped }: PlannedRequest): string | null {
  if (body === null) return null;
  const text = JSON.stringify(body);
  return isEscaped ? escapeNonAscii(text) : text;
}

function escapeNonAscii(json: string): string {
  return json.replace(/[^\0-\x7e]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
