import { canonicalJson, digestText } from './digest.ts';
import type { FaultedExchange } from './effect.ts';

/** An exchange as it arrives, before any step has drawn for it. */
export type ArrivingExchange = Omit<FaultedExchange, 'random' | 'point' | 'note'>;

/** What was asked, read once for all steps. */
export interface Asked {
  readonly exchange: ArrivingExchange;
  /** A digest of who asks what: equal for the attempts of one request. */
  readonly key: string;
  /** Whether the caller named the request, so that the name alone decides all draws. */
  readonly isNamed: boolean;
  /** What the body, or else the query, has under a key; undefined when neither has it. */
  extra(key: string): unknown;
}

/** More of a body is not looked at. */
const BODY_READ_MAX_BYTES = 1024 * 1024;

/**
 * Reads who asks what: the caller's `X-Request-Id`, or else method, target and body. A body that is
 * JSON counts by its value, so that two clients which write it differently ask the same.
 */
export function readAsked(exchange: ArrivingExchange, namespace: string): Asked {
  const requestId = exchange.header('x-request-id');
  const isNamed = requestId !== null && requestId !== '';
  const text = decodeBody(exchange.body);
  const json = parseJson(text);
  const key = isNamed
    ? JSON.stringify(['id', namespace, requestId])
    : JSON.stringify([
        'request',
        namespace,
        exchange.method,
        exchange.target,
        (json === undefined ? null : canonicalJson(json)) ?? text,
        exchange.body.length > BODY_READ_MAX_BYTES ? exchange.body.length : 0,
      ]);
  return {
    exchange,
    key: digestText(key),
    isNamed,
    extra(name) {
      if (isRecord(json) && Object.hasOwn(json, name)) return json[name];
      return queryOf(exchange.target).get(name) ?? undefined;
    },
  };
}

// Latin-1 keeps bytes apart that are no UTF-8, which would all become the same character.
const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');

function decodeBody(body: Uint8Array): string {
  const part = body.subarray(0, BODY_READ_MAX_BYTES);
  try {
    return utf8.decode(part);
  } catch {
    return latin1.decode(part);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function queryOf(target: string): URLSearchParams {
  const question = target.indexOf('?');
  return new URLSearchParams(question < 0 ? '' : target.slice(question + 1));
}
