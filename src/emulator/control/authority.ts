/** A host and a port, as a `Host` header names them. */
export interface Authority {
  /** Lower case; an IPv6 address keeps its brackets. */
  readonly host: string;
  readonly port: number | null;
}

const AUTHORITY = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i;
const ORIGIN = /^(https?):\/\/([^/?#@]+)$/i;
const LOCALHOST = /^(?:[a-z0-9_-]+\.)*localhost$/;
const LOOPBACK_IPV4 = /^127(?:\.(?:0|[1-9]\d{0,2})){3}$/;
const DEFAULT_PORTS: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** Reads `localhost:8000`; null for what is not plainly a host, with or without a port. */
export function parseAuthority(text: string): Authority | null {
  const [, host, port] = AUTHORITY.exec(text) ?? [];
  if (host === undefined) return null;
  return { host: host.toLowerCase(), port: port === undefined ? null : Number(port) };
}

/** True for names that can only mean this machine, so that no DNS answer can fake them. */
export function isLoopbackHost(host: string): boolean {
  if (host === '[::1]' || LOCALHOST.test(host)) return true;
  return LOOPBACK_IPV4.test(host) && host.split('.').every((octet) => Number(octet) <= 255);
}

/**
 * True when a page of that origin was served by the same host and port. The scheme does not count:
 * a proxy may have ended TLS on the way.
 */
export function isSameOrigin(origin: string, authority: Authority): boolean {
  const [, scheme = '', rest = ''] = ORIGIN.exec(origin) ?? [];
  const from = parseAuthority(rest);
  const defaultPort = DEFAULT_PORTS[scheme.toLowerCase()];
  if (from === null || defaultPort === undefined) return false;
  return (
    from.host === authority.host && (from.port ?? defaultPort) === (authority.port ?? defaultPort)
  );
}
