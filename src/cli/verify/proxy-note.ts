import { isLoopbackHost } from '../../emulator/control/authority.ts';
import type { Terminal } from '../command.ts';

/**
 * Says that a proxy of the environment is not used, where it would be expected; null where none is
 * set or the endpoint is on this machine.
 */
export function proxyNote(url: URL, environment: Terminal['environment']): string | null {
  if (isLoopbackHost(url.hostname) || isExcepted(url.hostname, environment)) return null;
  const wanted = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const names = [wanted, wanted.toLowerCase(), 'ALL_PROXY', 'all_proxy'];
  const name = names.find((one) => (environment[one] ?? '') !== '');
  if (name === undefined) return null;
  return (
    `${name} is set, and verify does not use it: it connects to the endpoint itself, so that ` +
    'what it judges is not what a proxy makes of it.'
  );
}

/** Whether NO_PROXY names the host, or a domain above it. */
function isExcepted(host: string, environment: Terminal['environment']): boolean {
  const list = environment.NO_PROXY ?? environment.no_proxy ?? '';
  return list.split(/[\s,]+/).some((entry) => {
    const name = entry
      .replace(/^\*?\./, '')
      .replace(/:\d+$/, '')
      .toLowerCase();
    return entry === '*' || (name !== '' && (host === name || host.endsWith(`.${name}`)));
  });
}
