/**
 * Whether a request names more than one host. RFC 9112 (3.2) has it refused, and so does FastAPI's
 * server: whoever stands before it may have gone by the other one.
 */
export function hasTwoHosts(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count > 1;
}
