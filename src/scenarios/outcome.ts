/** Header names and values in the order they are written. */
export type HeaderList = readonly (readonly [name: string, value: string])[];

/**
 * An HTTP answer as a plain value. The doors turn it into a `Response` or write it to a socket;
 * they add `content-length` to a body of known size, and leave the body out for HEAD.
 */
export interface Reply {
  readonly status: number;
  readonly headers: HeaderList;
  readonly body: ReplyBody;
}

/** A string is written as UTF-8; an iterable is streamed chunk by chunk. */
export type ReplyBody = string | Uint8Array | AsyncIterable<string>;

/** How an exchange ends. One adapter per door performs it. */
export type Outcome =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** The client left before there was an answer. */
  | { readonly kind: 'abandoned' };

/** True for a body that is sent in pieces. */
export function isStreamed(body: ReplyBody): body is AsyncIterable<string> {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}
