import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ProbeLimits } from '../../exchange.ts';

/** How endpoints are found, and whom to trust. */
export interface SocketOptions {
  readonly lookup?: LookupFunction;
  /** Authorities to trust in place of those that Node knows. */
  readonly ca?: string;
}

/** Begins to connect; the events of the socket say how it goes. */
export function openSocket(url: URL, limits: ProbeLimits, { lookup, ca }: SocketOptions): Socket {
  const isTls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const options = {
    host,
    port: Number(url.port || (isTls ? 443 : 80)),
    noDelay: true,
    // Both families are tried. Node gives each address 250 ms, which is less than a slow way takes.
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: attemptTimeoutMs(limits),
    ...(lookup === undefined ? {} : { lookup }),
  };
  if (!isTls) return connectTcp(options);
  return connectTls({
    ...options,
    // An address is no name that could be asked for.
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(ca === undefined ? {} : { ca }),
    ALPNProtocols: ['http/1.1'],
    // The environment cannot switch it off: what is verified here has to hold for every client.
    rejectUnauthorized: true,
  });
}

/** Of one address. Node takes whole numbers only. */
function attemptTimeoutMs({ connectTimeoutMs }: ProbeLimits): number {
  return Math.max(250, Math.min(2000, Math.floor(connectTimeoutMs / 4)));
}
