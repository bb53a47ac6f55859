import { edgeReply, findEdgeAnswer } from './edge-answers.ts';
import type { Effect, FaultedExchange } from './effect.ts';
import type { Outcome } from './outcome.ts';
import { createResultUrls } from './result-urls.ts';
import { watching } from './watching.ts';

/** How the redirect to a result URL is written. */
export interface EarlyRedirectOptions {
  readonly parameter: string;
  readonly location: 'path' | 'absolute' | 'query';
  readonly redirects: number;
}

/**
 * Redirects every exchange to a URL of its own, where a GET gets what the exchange came to. That a
 * result URL reaches its step, whatever the step is for, is what `passing` is good for. A token
 * that this step did not give, or has forgotten, goes on to the function: what Modal answers then
 * is not known.
 */
export function createEarlyRedirect(options: EarlyRedirectOptions): Effect {
  const { parameter, redirects } = options;
  const urls = createResultUrls(parameter);
  const badMethod: Outcome = {
    kind: 'reply',
    reply: edgeReply(findEdgeAnswer('bad-redirect-method')),
  };

  const followed = (exchange: FaultedExchange): Promise<Outcome> | null => {
    const token = queryOf(exchange.target).get(parameter);
    const call = token === null ? undefined : urls.find(token);
    if (token === null || call === undefined) return null;
    if (exchange.method !== 'GET') return Promise.resolve(badMethod);
    if (call.redirects < redirects) {
      call.redirects += 1;
      return Promise.resolve(redirectTo(locationOf(exchange, token, options)));
    }
    return untilLeft(urls.take(token, call), exchange.signal);
  };

  return watching(
    async (exchange, next) => {
      const result = followed(exchange);
      if (result !== null) return result;
      const token = urls.keep(exchange, next());
      return redirectTo(locationOf(exchange, token, options));
    },
    (exchange, next) => followed(exchange) ?? next(),
  );
}

/** A result, unless the one who waits for it leaves first: others may still come for it. */
function untilLeft(result: Promise<Outcome>, signal: AbortSignal): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}

/** No body, no CORS headers. */
function redirectTo(location: string): Outcome {
  return { kind: 'reply', reply: { status: 303, headers: [['location', location]], body: '' } };
}

/** The URL of the request with the parameter; that its query stays is a guess. */
function locationOf(
  exchange: FaultedExchange,
  token: string,
  { parameter, location }: EarlyRedirectOptions,
): string {
  const [path = '/'] = exchange.target.split('?', 1);
  const query = queryOf(exchange.target);
  query.set(parameter, token);
  if (location === 'query') return `?${query}`;
  if (location === 'path') return `${path}?${query}`;
  const scheme = exchange.header('x-forwarded-proto') ?? 'http';
  return `${scheme}://${exchange.header('host') ?? 'localhost'}${path}?${query}`;
}

function queryOf(target: string): URLSearchParams {
  const question = target.indexOf('?');
  return new URLSearchParams(question < 0 ? '' : target.slice(question + 1));
}
