import { formatDuration } from '../../reports/duration.ts';
import type { Failure } from './failure.ts';
import { tlsFailure } from './tls-failure.ts';

/** How far a connection has come. */
export type Stage = 'connect' | 'tls' | 'open';

/** What Node says of a connection that failed, one entry for each address that was tried. */
export function errorsOf(error: unknown): readonly NodeJS.ErrnoException[] {
  if (error instanceof AggregateError && error.errors.length > 0) {
    return error.errors.flatMap(errorsOf);
  }
  // Sockets emit nothing but errors; what else is thrown has no code, and is shown as it is.
  return [error instanceof Error ? error : new Error(String(error))];
}

const REFUSED = new Set(['ECONNREFUSED']);
const TIMED_OUT = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/** Why no connection to `url` came about, or why it broke before TLS was agreed on. */
export function connectFailure(error: unknown, url: URL, stage: Stage): Failure {
  if (stage === 'tls') return tlsFailure(errorsOf(error)[0], url);
  const errors = errorsOf(error);
  const named = errors.find(isNameError);
  if (named !== undefined) return nameFailure(named, url);
  const target = addressesOf(errors, url);
  // One address that refuses says that the machine is there: that is the better reason.
  const refused = errors.find(({ code }) => REFUSED.has(code ?? ''));
  if (refused !== undefined) {
    return {
      code: 'refused',
      detail: `Nothing listens on ${target}: the connection was refused.`,
      hint: 'Check the port, and whether the endpoint runs.',
    };
  }
  if (errors.some(({ code }) => TIMED_OUT.has(code ?? ''))) {
    return { code: 'connect-timeout', detail: `No connection to ${target} came about in time.` };
  }
  if (errors.some(({ code }) => code === 'ECONNRESET')) {
    return { code: 'reset', detail: `The connection to ${target} was reset at once.` };
  }
  const [first] = errors;
  return {
    code: 'unreachable',
    detail: `There is no way to ${target} (${first?.code ?? first?.message}).`,
    hint: 'Check the network, the VPN and the firewall of this machine.',
  };
}

/** What to say when DNS, TCP and TLS together took too long. */
export function connectTimeout(url: URL, stage: Stage, timeoutMs: number): Failure {
  const within = formatDuration(timeoutMs);
  const what =
    stage === 'tls'
      ? `accepted the connection, but TLS was not agreed on within ${within}`
      : `could not be connected to within ${within}`;
  return {
    code: 'connect-timeout',
    detail: `${addressOf(url)} ${what}.`,
    hint:
      stage === 'tls'
        ? 'Check whether that port speaks TLS at all.'
        : 'Check the address; a firewall may drop what is sent there.',
  };
}

function isNameError({ code = '', syscall }: NodeJS.ErrnoException): boolean {
  return syscall === 'getaddrinfo' || code.startsWith('EAI_') || NAME_ERRORS.has(code);
}

const NAME_ERRORS = new Set(['ENOTFOUND', 'ENODATA', 'ESERVFAIL', 'ERR_INVALID_IP_ADDRESS']);

function nameFailure({ code, message }: NodeJS.ErrnoException, url: URL): Failure {
  const name = JSON.stringify(url.hostname);
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return {
      code: 'dns',
      detail: `The name ${name} does not exist, or has no address (${code}).`,
      hint: 'Check the spelling, and whether the app is deployed under this name.',
    };
  }
  if (code === 'EAI_AGAIN') {
    return {
      code: 'dns',
      detail: `No name server could be asked for ${name} (EAI_AGAIN).`,
      hint: 'Check the network of this machine, and try again.',
    };
  }
  return { code: 'dns', detail: `The name ${name} could not be resolved (${code ?? message}).` };
}

/** Every address that was tried, as far as the system says so. */
function addressesOf(errors: readonly NodeJS.ErrnoException[], url: URL): string {
  const addresses = errors.flatMap((error) => {
    const { address, port } = error as { address?: string; port?: number }; // Node adds them.
    if (address === undefined || port === undefined) return [];
    return [address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`];
  });
  return addresses.length === 0 ? addressOf(url) : [...new Set(addresses)].join(' and ');
}

/** `example.com:443`: the port even where the URL leaves it out. */
export function addressOf(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'https:' ? '443' : '80')}`;
}
