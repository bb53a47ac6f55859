import { UsageError } from '../usage-error.ts';

const CHOOSE_PORT = 'Choose a port from 0 to 65535; 0 takes a free one.';
const USE_ADDRESS = 'Use an address: --host 127.0.0.1.';

const REASONS: Readonly<Record<string, readonly [reason: string, wayOut: string]>> = {
  EADDRINUSE: [
    'the port is in use',
    'Stop the other program, or choose another port: --port 0 takes a free one.',
  ],
  EACCES: ['the port needs special rights', 'Choose a port above 1023.'],
  EADDRNOTAVAIL: ['this machine has no such address', 'Use --host 127.0.0.1, or 0.0.0.0 for all.'],
  EAFNOSUPPORT: ['this machine has no such kind of address', USE_ADDRESS],
  ENOTFOUND: ['the name does not resolve', USE_ADDRESS],
  EAI_AGAIN: ['the name does not resolve', USE_ADDRESS],
  EINVAL: ['this is no name and no address', USE_ADDRESS],
  ERR_SOCKET_BAD_PORT: ['there is no such port', CHOOSE_PORT],
};

/** Says what a failure to listen means; other errors pass as they are. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const known = REASONS[error.code ?? ''];
  if (known === undefined) return error;
  const [reason, wayOut] = known;
  const code = `listen-${(error.code ?? '').toLowerCase().replaceAll('_', '-')}`;
  const shownHost = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
  return new UsageError(code, `Failed to listen on "${shownHost}:${port}": ${reason}. ${wayOut}`);
}
