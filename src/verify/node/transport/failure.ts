import type { ProbeLimits, TransportFailureCode } from '../../exchange.ts';

/** Why there is no whole answer, before it is known how long that took. */
export interface Failure {
  readonly code: TransportFailureCode;
  readonly detail: string;
  readonly hint?: string;
}

/** True for the reason of a failure among other ways that reading can go on. */
export function isFailure(value: object | null): value is Failure {
  return value !== null && 'code' in value;
}

/** The failure of a body that is larger than anybody wants to read. */
export function bodyTooLarge({ bodyMaxBytes }: ProbeLimits, because?: string): Failure {
  const why = because === undefined ? '' : `: ${because}`;
  return {
    code: 'body-too-large',
    detail: `The body of the answer is larger than ${bodyMaxBytes} bytes${why}.`,
  };
}

/** `1 byte`, `7 bytes`. */
export function countBytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}

const SHOWN_CHARS_MAX = 24;

/** The begin of what an endpoint sent, on one line and in quotes. */
export function showBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, SHOWN_CHARS_MAX + 1)).toString('latin1');
  const [line = ''] = text.split(/[\r\n]/);
  const shown = line.slice(0, SHOWN_CHARS_MAX);
  const isCut = line.length > SHOWN_CHARS_MAX;
  const escaped = shown.replace(/[^\x20-\x7e]/g, (char) => {
    return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return `"${escaped}${isCut ? '…' : ''}"`;
}
