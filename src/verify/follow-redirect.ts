import { EDGE_PREFIX } from '../contract/edge-failures.ts';
import { headerOf } from '../emulator/diagnosis/headers.ts';
import { showValue } from '../emulator/explain/show.ts';
import { withoutSecrets } from './endpoint-url.ts';
import type { ProbeAnswer, ProbeRequest } from './exchange.ts';
import type { Problem } from './problems.ts';
import { seen } from './reading/read-head.ts';
import type { Secrets } from './secrets.ts';

const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** What the URL of a result cannot mean but that it does not take a GET. */
const REFUSED: readonly number[] = [404, 405, 410];

/** Where a redirect came from. */
export interface Redirected {
  readonly request: ProbeRequest;
  /** How many redirects came before. */
  readonly redirects: number;
  readonly secrets: Secrets;
}

/**
 * What is to be sent next: Modal's front answers a slow function with 303, whose URL is asked with
 * GET. Null for an answer that is no redirect.
 */
export function followRedirect(
  answer: ProbeAnswer,
  { request, redirects, secrets }: Redirected,
): ProbeRequest | Problem | null {
  const { status, headers } = answer;
  if (!REDIRECTS.includes(status)) return redirects > 0 ? refusalOf(answer, secrets) : null;
  const location = headerOf(headers, 'location') ?? '';
  if (location === '') {
    const reason = `The answer is a redirect (${status}) without a Location.`;
    return { code: 'redirect-without-location', reason };
  }
  const shown = showValue(withoutSecrets(secrets.redactHeader(location)));
  if (!URL.canParse(location, request.url)) {
    const reason = `The answer is a redirect (${status}) whose Location ${shown} is no URL.`;
    return { code: 'redirect-without-location', reason };
  }
  const from = new URL(request.url);
  const to = new URL(location, from);
  if (status !== 303 && to.href === from.href) {
    const reason = `The answer is a redirect (${status}) to the URL that was asked.`;
    return { code: 'redirect-loop', reason };
  }
  const isSameOrigin = to.origin === from.origin && to.username === '' && to.password === '';
  if (status !== 303 || !isSameOrigin) {
    const reason = `The answer is a redirect (${status}) to ${shown}, which is not followed.`;
    return { code: 'redirect-elsewhere', reason };
  }
  to.hash = '';
  return {
    method: 'GET',
    url: to.href,
    headers: request.headers.filter(([name]) => name.toLowerCase() !== 'content-type'),
    body: null,
  };
}

function refusalOf(answer: ProbeAnswer, secrets: Secrets): Problem | null {
  const isEdge400 =
    answer.status === 400 &&
    new TextDecoder()
      .decode(answer.body.subarray(0, 100))
      .startsWith(`${EDGE_PREFIX}bad redirect method`);
  if (!isEdge400 && !REFUSED.includes(answer.status)) return null;
  const reason = `The URL of the redirect (303) answered a GET with ${answer.status}: ${seen(secrets.redactBytes(answer.body))}.`;
  return { code: 'redirect-get-refused', reason };
}
