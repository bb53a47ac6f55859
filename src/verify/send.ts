import type { Clock } from '../scenarios/clock.ts';
import type { ProbeAnswer, ProbeFailure, ProbeRequest, Transport } from './exchange.ts';
import { BODY_MAX_BYTES, CONNECT_TIMEOUT_MAX_MS, HEAD_MAX_BYTES } from './exchange-limits.ts';
import { followRedirect } from './follow-redirect.ts';
import { type Problem, problemInfo } from './problems.ts';
import { formatDuration } from './reports/duration.ts';
import type { Secrets } from './secrets.ts';

/** An exchange at its end: redirects followed, or a reason why there is no answer to judge. */
export type Sent =
  | { readonly kind: 'answer'; readonly answer: ProbeAnswer; readonly durationMs: number }
  | { readonly kind: 'problem'; readonly problem: Problem; readonly durationMs: number };

/** Sends within the budget. */
export interface Sender {
  /** How many requests were sent. */
  readonly sent: number;
  /** How many may be sent. */
  readonly left: number;
  send(request: ProbeRequest): Promise<Sent>;
}

/** What bounds the sending. */
export interface SenderOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly requestsMax: number;
  readonly timeoutMs: number;
  readonly secrets: Secrets;
}

/** Modal answers with a redirect every 150 s at most: this is 25 minutes, and no endless loop. */
const REDIRECTS_MAX = 10;

/** Creates what sends all requests of a run. */
export function createSender(options: SenderOptions): Sender {
  const { transport, clock, requestsMax, timeoutMs, secrets } = options;
  let sent = 0;

  const follow = async (first: ProbeRequest, startedMs: number): Promise<ProbeAnswer | Problem> => {
    let request = first;
    for (let redirects = 0; ; redirects += 1) {
      // Whole: a clock that counts fractions would have them in every message.
      const leftMs = Math.min(timeoutMs, Math.ceil(timeoutMs - (clock.now() - startedMs)));
      if (redirects > 0 && leftMs <= 0) return stillWorking(redirects, timeoutMs);
      if (redirects > REDIRECTS_MAX) return endless(redirects);
      if (sent >= requestsMax) return budgetSpent(redirects, requestsMax);
      sent += 1;
      const exchanged = await transport(request, {
        connectTimeoutMs: Math.min(CONNECT_TIMEOUT_MAX_MS, leftMs),
        timeoutMs: leftMs,
        headMaxBytes: HEAD_MAX_BYTES,
        bodyMaxBytes: BODY_MAX_BYTES,
      });
      if (exchanged.kind === 'failure') {
        const isWaiting = redirects > 0 && exchanged.code === 'answer-timeout';
        return isWaiting
          ? stillWorking(redirects, timeoutMs)
          : problemOf(exchanged, request, sent === 1);
      }
      const next = followRedirect(exchanged, { request, redirects, secrets });
      if (next === null) return exchanged;
      if ('code' in next) return next;
      request = next;
    }
  };

  return {
    get sent() {
      return sent;
    },
    get left() {
      return Math.max(0, requestsMax - sent);
    },
    async send(request) {
      const startedMs = clock.now();
      const ended = await follow(request, startedMs);
      const durationMs = clock.now() - startedMs;
      if ('code' in ended) return { kind: 'problem', problem: ended, durationMs };
      return { kind: 'answer', answer: ended, durationMs };
    },
  };
}

function problemOf(failure: ProbeFailure, request: ProbeRequest, isFirst: boolean): Problem {
  const { code, detail, hint } = failure;
  if (!isFirst || !isMute(failure) || !request.url.startsWith('http:')) {
    return { code, reason: detail, ...(hint === undefined ? {} : { hint }) };
  }
  return {
    code,
    reason: detail,
    hint: `Does the port speak https? ${hint ?? problemInfo(code).hint}`,
  };
}

/** A port that expects TLS hangs up on what it does not understand, or answers no HTTP. */
function isMute({ code, partial, timings }: ProbeFailure): boolean {
  if (code === 'closed' || code === 'reset') return timings.firstByteMs === null;
  return code === 'not-http' && partial === null;
}

function stillWorking(redirects: number, timeoutMs: number): Problem {
  const reason = `After ${redirects} ${redirects === 1 ? 'redirect' : 'redirects'} (303) and ${formatDuration(timeoutMs)} there was no answer.`;
  return { code: 'still-working', reason };
}

function endless(redirects: number): Problem {
  const reason = `${redirects} redirects (303) in a row were followed, and none led to an answer.`;
  return { code: 'redirect-loop', reason };
}

function budgetSpent(redirects: number, requestsMax: number): Problem {
  const reason =
    `The ${requestsMax} requests of the budget were spent` +
    (redirects === 0 ? '.' : ` when a redirect (303) was to be followed.`);
  return { code: 'budget', reason };
}
