import type { LookupFunction } from 'node:net';
import { type Clock, createRealClock } from '../../scenarios/clock.ts';
import type { Transport } from '../exchange.ts';
import { exchangeOver } from './transport/exchange-over.ts';
import { openSocket } from './transport/open-socket.ts';
import { requestBytes } from './transport/request-bytes.ts';

/** What a transport reaches the world through. */
export interface NodeTransportOptions {
  readonly clock?: Clock;
  /** Resolves names; the system's resolver by default. */
  readonly lookup?: LookupFunction;
  /** Whom to trust: authorities (PEM) in place of those that Node knows. */
  readonly tls?: { readonly ca: string };
}

/** Creates the transport over sockets: one connection for each request, and no redirects. */
export function createNodeTransport(options: NodeTransportOptions = {}): Transport {
  const { clock = createRealClock(), lookup, tls } = options;
  const socketOptions = {
    ...(lookup === undefined ? {} : { lookup }),
    ...(tls === undefined ? {} : { ca: tls.ca }),
  };
  return async (request, limits) => {
    const url = new URL(request.url);
    const bytes = requestBytes(request, url);
    const socket = openSocket(url, limits, socketOptions);
    return exchangeOver(socket, { url, method: request.method, bytes, limits, clock });
  };
}
