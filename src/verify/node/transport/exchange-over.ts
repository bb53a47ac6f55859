import type { Socket } from 'node:net';
import type { Clock } from '../../../scenarios/clock.ts';
import type { Exchanged, ProbeLimits } from '../../exchange.ts';
import { formatDuration } from '../../reports/duration.ts';
import { connectFailure, connectTimeout, type Stage } from './connect-failure.ts';
import { countBytes, type Failure } from './failure.ts';
import { createAnswerReader, type Message, type ReadEnd } from './read-answer.ts';
import { isTlsError, tlsFailure } from './tls-failure.ts';

/** What an exchange is made of. */
export interface ExchangeParts {
  readonly url: URL;
  readonly method: string;
  /** The request as it stands on the wire. */
  readonly bytes: Uint8Array;
  readonly limits: ProbeLimits;
  readonly clock: Clock;
}

/** How long a connection may stay after the answer: bytes that come then are too many. */
const LINGER_MS = 100;

/** Exchanges a request for an answer over a socket that is being connected, and destroys it. */
export function exchangeOver(socket: Socket, parts: ExchangeParts): Promise<Exchanged> {
  const { url, method, bytes, limits, clock } = parts;
  const reader = createAnswerReader(method, limits);
  const over = new AbortController();
  const startMs = clock.now();
  let stage: Stage = 'connect';
  let connectedMs: number | null = null;
  let firstByteMs: number | null = null;
  let wholeMs: number | null = null;

  return new Promise((resolve) => {
    const elapsedMs = () => clock.now() - startMs;
    const settle = (end: ReadEnd) => {
      if (over.signal.aborted) return;
      over.abort();
      socket.destroy();
      const timings = { connectedMs, firstByteMs, endedMs: wholeMs ?? elapsedMs() };
      const message = reader.message();
      if (end !== 'whole') resolve({ kind: 'failure', ...end, partial: message, timings });
      // A whole answer has a head: the reader says "whole" of nothing else.
      else resolve({ kind: 'answer', ...(message as Message), timings });
    };
    const after = (durationMs: number, then: () => void) => {
      clock.sleep(durationMs, over.signal).then(then, () => {});
    };
    const open = () => {
      stage = 'open';
      connectedMs = elapsedMs();
      after(limits.timeoutMs, () => {
        settle(wholeMs === null ? timedOut(reader.message(), firstByteMs, limits) : 'whole');
      });
      socket.write(bytes);
    };
    const broken = (error: NodeJS.ErrnoException | null): ReadEnd => {
      if (stage !== 'open') return connectFailure(error ?? new Error('closed'), url, stage);
      if (wholeMs !== null) return 'whole';
      if (error === null) return reader.closed();
      return isTlsError(error) ? tlsFailure(error, url) : reset(error, reader.message());
    };

    // It stays to the end: a socket may fail once more when it is destroyed.
    socket.on('error', (error) => settle(broken(error)));
    socket.on('close', () => settle(broken(null)));
    socket.on('end', () => settle(broken(null)));
    socket.on('data', (chunk) => {
      if (over.signal.aborted) return;
      firstByteMs ??= elapsedMs();
      const end = reader.push(chunk);
      if (end === null) return;
      if (end !== 'whole') return settle(end);
      wholeMs = elapsedMs();
      after(LINGER_MS, () => settle('whole'));
    });
    if (url.protocol === 'https:') {
      socket.on('connect', () => {
        stage = 'tls';
      });
      socket.on('secureConnect', open);
    } else socket.on('connect', open);
    after(limits.connectTimeoutMs, () => {
      if (stage !== 'open') settle(connectTimeout(url, stage, limits.connectTimeoutMs));
    });
  });
}

function timedOut(
  message: Message | null,
  firstByteMs: number | null,
  { timeoutMs }: ProbeLimits,
): Failure {
  const within = formatDuration(timeoutMs);
  if (message !== null) {
    const came = countBytes(message.body.length);
    return {
      code: 'body-timeout',
      detail: `The answer began, but did not end within ${within}: ${came} of its body came.`,
    };
  }
  const what = firstByteMs === null ? 'did not answer' : 'did not end the head of its answer';
  return { code: 'answer-timeout', detail: `The endpoint ${what} within ${within}.` };
}

function reset({ code }: NodeJS.ErrnoException, message: Message | null): Failure {
  const where =
    message === null
      ? 'before there was an answer'
      : `after ${countBytes(message.body.length)} of the body of its answer`;
  const how = code === 'ECONNRESET' || code === 'EPIPE' ? '' : ` (${code})`;
  return { code: 'reset', detail: `The endpoint reset the connection ${where}${how}.` };
}
