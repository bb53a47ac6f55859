import { UsageError } from '../usage-error.ts';

const REASONS: Readonly<Record<string, readonly [reason: string, wayOut: string]>> = {
  EADDRINUSE: [
    'the port is in use',
    'Stop the other program, or choose another port: --port 0 takes a free one.',
  ],
  EACCES: ['the port needs special rights', 'Choose a port above 1023.'],
  EADDRNOTAVAIL: ['this machine has no such address', 'Use --host 127.0.0.1, or 0.0.0.0 for all.'],
  ENOTFOUND: ['the name does not resolve', 'Use an address: --host 127.0.0.1.'],
  EAI_AGAIN: ['the name does not resolve', 'Use an address: --host 127.0.0.1.'],
};

/** Says what a failure to listen means; other errors pass as they are. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const known = REASONS[error.code ?? ''];
  if (known === undefined) return error;
  const [reason, wayOut] = known;
  const code = `listen-${(error.code ?? '').toLowerCase()}`;
  return new UsageError(code, `Failed to listen on "${host}:${port}": ${reason}. ${wayOut}`);
}
