import { durationSchema } from './duration.ts';
import type { FaultedExchange } from './effect.ts';
import type { HeaderList } from './outcome.ts';

/** What no client should obey, or even be able to read. */
export const ABSURD_RETRY_AFTER: readonly string[] = [
  '-1',
  '0.5',
  '1e9',
  '315360000',
  '99999999999999999999',
  'soon',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Fri, 31 Dec 9999 23:59:59 GMT',
  '',
];

/** A duration that the header can say, in milliseconds. A bare number is milliseconds, too. */
export const wholeSeconds = durationSchema.refine(
  (ms) => ms % 1000 === 0,
  'must be whole seconds, since Retry-After counts them: write "2s", not 2 (milliseconds)',
);

/** How `Retry-After` is asked for. */
export interface RetryAfterOptions {
  readonly retryAfter: 'absent' | 'http-date' | 'absurd' | number;
  readonly dateIn: number;
}

/** The header, or none. */
export function retryAfterHeaders(
  { retryAfter, dateIn }: RetryAfterOptions,
  { clock, random }: FaultedExchange,
): HeaderList {
  if (retryAfter === 'absent') return [];
  if (retryAfter === 'http-date') {
    // The header has no fractions, and a date that is over when it arrives would mean nothing.
    const atMs = Math.ceil((clock.now() + dateIn) / 1000) * 1000;
    return [['retry-after', new Date(atMs).toUTCString()]];
  }
  if (retryAfter === 'absurd') {
    const value = ABSURD_RETRY_AFTER[random.integer(0, ABSURD_RETRY_AFTER.length - 1)] ?? '';
    return [['retry-after', value]];
  }
  return [['retry-after', String(retryAfter / 1000)]];
}
