import type { Failure } from './failure.ts';
import { notHttp } from './not-http.ts';
import { type Head, valuesOf } from './parse-head.ts';

/** What says where the body of an answer ends. */
export type Framing =
  | { readonly kind: 'length'; readonly bytes: number; readonly because: string }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'until-close' };

/** Reads how the body of an answer is framed (RFC 9112, 6.3), refusing what has two meanings. */
export function framingOf({ minor, status, headers }: Head, method: string): Framing | Failure {
  const codings = valuesOf(headers, 'transfer-encoding');
  const coding = codings.length === 0 ? null : codings.join(', ');
  const length = lengthOf(valuesOf(headers, 'content-length'));
  if (typeof length === 'string') return notHttp(length);
  if (coding !== null && length !== null) {
    return notHttp(
      `The answer has both Content-Length (${length}) and Transfer-Encoding (${show(coding)}): ` +
        'clients do not agree on where it ends.',
    );
  }
  if (status === 204 || status === 304 || method === 'HEAD') {
    const because = method === 'HEAD' ? 'the answer to HEAD' : `an answer of status ${status}`;
    return { kind: 'length', bytes: 0, because };
  }
  if (coding !== null) {
    if (minor === 0) return notHttp('The answer of HTTP/1.0 has Transfer-Encoding.');
    if (coding.toLowerCase() === 'chunked') return { kind: 'chunked' };
    return notHttp(`The answer has a Transfer-Encoding that was not asked for: ${show(coding)}.`);
  }
  if (length === null) return { kind: 'until-close' };
  return { kind: 'length', bytes: length, because: `Content-Length (${length})` };
}

/** The one length that all values agree on; a sentence when there is none. */
function lengthOf(values: readonly string[]): number | null | string {
  const [first, ...others] = values;
  if (first === undefined) return null;
  if (others.length > 0) {
    return `The answer has Content-Length more than once: ${show(values.join(', '))}.`;
  }
  if (!/^\d{1,15}$/.test(first)) return `The Content-Length ${show(first)} is no number of bytes.`;
  return Number(first);
}

function show(value: string): string {
  return JSON.stringify(value.slice(0, 60));
}
