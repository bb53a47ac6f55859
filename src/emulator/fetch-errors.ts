import {
  HeadersOverflowError,
  LengthMismatchError,
  ParseError,
  UnexpectedStatusError,
} from './http1/parse-error.ts';

/** Why a connection was of no use, as undici puts it into `cause`. */
export type FetchCause = Error & { readonly code: string };

function cause(name: string, code: string, message: string): FetchCause {
  return Object.assign(new Error(message), { name, code });
}

/** The connection ended before its time. */
export function closedCause(): FetchCause {
  return cause('SocketError', 'UND_ERR_SOCKET', 'other side closed');
}

/** The connection broke off; the number is Linux's. */
export function resetCause(): FetchCause {
  const error = cause('Error', 'ECONNRESET', 'read ECONNRESET');
  return Object.assign(error, { errno: -104, syscall: 'read' });
}

/** What undici makes of an answer that breaks the rules; null for any other error. */
export function unreadableCause(error: unknown): FetchCause | null {
  if (error instanceof ParseError) {
    const message = `Response does not match the HTTP/1.1 protocol (${error.message})`;
    return cause('HTTPParserError', error.code, message);
  }
  if (error instanceof HeadersOverflowError) {
    return cause('HeadersOverflowError', 'UND_ERR_HEADERS_OVERFLOW', error.message);
  }
  if (error instanceof LengthMismatchError) {
    const name = 'ResponseContentLengthMismatchError';
    return cause(name, 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH', error.message);
  }
  return error instanceof UnexpectedStatusError
    ? cause('SocketError', 'UND_ERR_SOCKET', error.message)
    : null;
}

/** What `fetch` rejects with. */
export function fetchFailed(reason: FetchCause): TypeError {
  return new TypeError('fetch failed', { cause: reason });
}

/** What a body breaks off with. */
export function bodyTerminated(reason: FetchCause): TypeError {
  return new TypeError('terminated', { cause: reason });
}
