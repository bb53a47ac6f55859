import { MEBIBYTE } from '../options.ts';
import { UsageError } from '../usage-error.ts';

/** Where to listen, and how much to take. */
export interface ServeOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 8000; 0 for a free one. */
  readonly port?: number;
  /** Connections beyond it are closed at once. Default 20,000. */
  readonly connectionsMax?: number;
  /** For all request bodies being read together. Default 1 GiB, at least one body's limit. */
  readonly bodiesMaxBytes?: number;
  /** How long a client may take to send its headers. Default 60 s. */
  readonly headersTimeoutMs?: number;
  /** How long a client may take to send a whole request. Default 300 s. */
  readonly requestTimeoutMs?: number;
  /** Told of errors that are nobody's input, such as a listener's that throws. Default: stderr. */
  readonly onError?: (error: unknown) => void;
  /** Told of requests that never became one: no HTTP, or left in the middle of the body. */
  readonly onUnread?: (reason: string) => void;
}

/** How much a server takes: every limit in force. */
export interface ServeLimits {
  readonly connectionsMax: number;
  readonly bodiesMaxBytes: number;
  readonly headersMaxBytes: number;
  readonly headersTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly checkIntervalMs: number;
}

/** A prompt in the query is welcome; FastAPI's own servers take about as much. */
const HEADERS_MAX_BYTES = 64 * 1024;

const CHECK_INTERVAL_MAX_MS = 30_000;

/**
 * Checks the limits and fills in the defaults.
 * @throws UsageError that names the limit
 */
export function serveLimits(options: ServeOptions): ServeLimits {
  const { headersTimeoutMs = 60_000, requestTimeoutMs = 300_000 } = options;
  const { connectionsMax = 20_000, bodiesMaxBytes = 1024 * MEBIBYTE } = options;
  const given = { connectionsMax, bodiesMaxBytes, headersTimeoutMs, requestTimeoutMs };
  for (const [name, value] of Object.entries(given)) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    const reason = 'it is not a whole number of at least 1';
    const message = `Failed to serve with ${name} "${value}": ${reason}. Correct it, or leave it out.`;
    throw new UsageError('invalid-serve-options', message);
  }
  if (options.host?.trim() === '') {
    // Node would take it for all addresses, the ones that others can reach included.
    const message = 'Failed to listen on "": it is no address. Use 127.0.0.1, or 0.0.0.0 for all.';
    throw new UsageError('invalid-serve-options', message);
  }
  return {
    ...given,
    headersMaxBytes: HEADERS_MAX_BYTES,
    // The head is a part of the request, so it cannot take longer.
    headersTimeoutMs: Math.min(headersTimeoutMs, requestTimeoutMs),
    // Node looks at all connections from time to time; twice per timeout finds the slow ones soon.
    checkIntervalMs: Math.min(
      CHECK_INTERVAL_MAX_MS,
      Math.ceil(Math.min(headersTimeoutMs, requestTimeoutMs) / 2),
    ),
  };
}
