import type { Clock } from './clock.ts';

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

/** One thing that happens on a connection. */
export type WireStep =
  /** Written at once, and in no one packet with what comes after. */
  | { readonly kind: 'send'; readonly bytes: Uint8Array }
  | { readonly kind: 'wait'; readonly durationMs: number };

/** What becomes of the connection after the last step. */
export type WireEnd =
  /** Its end is announced, as after a whole answer. */
  | 'close'
  /** It breaks off: the other side reads an error, after all that was sent. */
  | 'reset'
  /** It stays open, and nothing comes any more. */
  | 'hang';

/** What happens on the connection instead of an answer, byte by byte. */
export interface Wire {
  readonly steps: Iterable<WireStep> | AsyncIterable<WireStep>;
  readonly end: WireEnd;
  /**
   * Called by the door, once, when nothing more will happen: the end is due, or the client left. It
   * is how the journal hears of it; faults leave it out.
   */
  readonly onOver?: () => void;
  /** Whose time its waits take, where it is not the door's own; faults leave it out. */
  readonly world?: WireWorld;
}

/** A part of a server with a time of its own, which can start over by itself. */
export interface WireWorld {
  readonly clock: Clock;
  /** Calls back when it starts over, which breaks its wires off. */
  onReset(listener: () => void): () => void;
}

/** How an exchange ends. One adapter per door performs it. */
export type Outcome =
  | { readonly kind: 'reply'; readonly reply: Reply }
  /** Bytes in place of a proper answer; `reply` is what it was made of, null where there was none. */
  | { readonly kind: 'wire'; readonly wire: Wire; readonly reply: Reply | null }
  /** The client left before there was an answer. */
  | { readonly kind: 'abandoned' };

/** True for a body that is sent in pieces. */
export function isStreamed(body: ReplyBody): body is AsyncIterable<string> {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}
