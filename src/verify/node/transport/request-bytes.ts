import assert from 'node:assert/strict';
import type { ProbeRequest } from '../../exchange.ts';

const LINE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** A request as it stands on the wire. */
export function requestBytes(request: ProbeRequest, url: URL): Buffer {
  const { method, headers, body } = request;
  const has = (name: string) => headers.some(([known]) => known.toLowerCase() === name);
  const lines = [`${method} ${url.pathname}${url.search} HTTP/1.1`];
  if (!has('host')) lines.push(`Host: ${url.host}`);
  for (const [name, value] of headers) lines.push(`${name}: ${value}`);
  if (body !== null && !has('content-length')) lines.push(`Content-Length: ${body.length}`);
  if (!has('connection')) lines.push('Connection: close');
  // Where they come in, they are checked: here a line break would begin another header.
  assert(lines.every((line) => LINE.test(line)));
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  return body === null ? head : Buffer.concat([head, body]);
}
