import type { Deadline } from './deadline.ts';
import type { RedirectReason } from './failure.ts';
import type { Outgoing } from './request.ts';
import type { FetchLike } from './types.ts';

/** How far an exchange has come. */
export interface Progress {
  phase: 'head' | 'body';
  hops: number;
}

/** An answer that is no redirect, or the redirect that was not followed. */
export type Followed =
  | { readonly kind: 'answer'; readonly response: Response }
  | {
      readonly kind: 'redirect';
      readonly reason: RedirectReason;
      readonly status: number;
      readonly location: string | null;
    };

/** What following needs to know. */
export interface FollowContext {
  readonly fetch: FetchLike;
  readonly redirectsMax: number;
  readonly deadline: Deadline;
  readonly progress: Progress;
}

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Of a body, which a GET has not. */
const BODY_HEADERS = [
  'content-encoding',
  'content-language',
  'content-length',
  'content-location',
  'content-type',
];

/**
 * Sends a request and follows 303 as Modal means it: after 150 seconds the edge says where the answer
 * will be, and a GET there waits for it, up to the next 303. Credentials stay with their origin.
 */
export async function follow(first: Outgoing, context: FollowContext): Promise<Followed> {
  const { fetch, redirectsMax, deadline, progress } = context;
  for (let next = first; ; progress.hops += 1) {
    const { url, method, headers, body } = next;
    const { signal } = deadline;
    const init = { method, headers, body, signal, redirect: 'manual' } as const;
    const response = await deadline.race(fetch(new Request(url, init)));
    const isHidden = response.type === 'opaqueredirect';
    if (!isHidden && !REDIRECTS.has(response.status)) return { kind: 'answer', response };
    response.body?.cancel().catch(() => {});

    const given = response.headers.get('location');
    const target = given === null ? null : resolve(given, url);
    const { status } = response;
    const stop = (reason: RedirectReason): Followed => {
      return { kind: 'redirect', reason, status, location: target?.href ?? given };
    };
    if (isHidden) return stop('hidden');
    if (given === null) return stop('no-location');
    if (target === null) return stop('bad-location');
    if (status !== 303) return stop('not-303');
    if (target.origin !== first.url.origin) return stop('other-origin');
    if (progress.hops >= redirectsMax) return stop('too-many');
    next = { url: target, method: 'GET', headers: withoutBody(headers), body: null };
  }
}

/** Null for what `fetch` would not take. */
function resolve(location: string, base: URL): URL | null {
  if (!URL.canParse(location, base)) return null;
  const url = new URL(location, base);
  const isAskable = /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return isAskable ? url : null;
}

function withoutBody(headers: Headers): Headers {
  const left = new Headers(headers);
  for (const name of BODY_HEADERS) left.delete(name);
  return left;
}
