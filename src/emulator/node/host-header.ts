import type { IncomingMessage } from 'node:http';

/** HTTP/1.1 wants a host. */
export const NO_HOST = 'it names no host';

/**
 * Why a request's Host is refused, or null. RFC 9112 (3.2) wants exactly one in HTTP/1.1, and so
 * does FastAPI's server: whoever stands before it may have gone by another one.
 */
export function hostProblem({ rawHeaders, httpVersion }: IncomingMessage): string | null {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  if (count > 1) return 'it has two hosts';
  return count === 0 && httpVersion === '1.1' ? NO_HOST : null;
}
