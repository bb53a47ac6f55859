import type { HeaderList } from '../scenarios/outcome.ts';

/** A request as it is sent: nothing is added but Host, Content-Length and Connection. */
export interface ProbeRequest {
  readonly method: string;
  /** Absolute, without credentials and fragment. */
  readonly url: string;
  readonly headers: HeaderList;
  readonly body: Uint8Array | null;
}

/** How long and how much an exchange may be; all of them are needed, so that nothing is endless. */
export interface ProbeLimits {
  /** DNS, connection and TLS together. */
  readonly connectTimeoutMs: number;
  /** The whole exchange, from the first byte sent to the last one read. */
  readonly timeoutMs: number;
  readonly headMaxBytes: number;
  readonly bodyMaxBytes: number;
}

/** When what happened, from the start of the exchange; null when it did not. */
export interface ProbeTimings {
  readonly connectedMs: number | null;
  readonly firstByteMs: number | null;
  readonly endedMs: number;
}

/** An answer that HTTP/1.1 allows, read to its end. */
export interface ProbeAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** As they came, in their order. */
  readonly headers: HeaderList;
  /** Without chunking, content encodings not undone. */
  readonly body: Uint8Array;
  readonly timings: ProbeTimings;
}

/** Why there is no whole answer. The names are those of the report. */
export type TransportFailureCode =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'connect-timeout'
  | 'tls'
  | 'answer-timeout'
  | 'body-timeout'
  | 'reset'
  | 'closed'
  | 'speaks-tls'
  | 'not-http'
  | 'head-too-large'
  | 'body-too-large'
  | 'body-short'
  | 'body-long'
  | 'bad-chunk'
  | 'chunk-unfinished';

/** An exchange that ended otherwise than with an answer. */
export interface ProbeFailure {
  readonly kind: 'failure';
  readonly code: TransportFailureCode;
  /** What happened, as a sentence that names no secret: `The name "x.example" does not exist.` */
  readonly detail: string;
  /** What to do about it; absent when the code alone says as much. */
  readonly hint?: string;
  /** What had come until then; null before the end of the head. */
  readonly partial: Pick<ProbeAnswer, 'status' | 'headers' | 'body'> | null;
  readonly timings: ProbeTimings;
}

/** How an exchange ended. */
export type Exchanged = ProbeAnswer | ProbeFailure;

/**
 * Sends one request on a connection of its own and follows nothing. Whatever the endpoint does, it
 * never rejects.
 */
export type Transport = (request: ProbeRequest, limits: ProbeLimits) => Promise<Exchanged>;
