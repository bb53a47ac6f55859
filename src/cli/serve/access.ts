import { isLoopbackHost } from '../../emulator/control/authority.ts';

/** Who may use the control plane. */
export interface Access {
  readonly isLoopback: boolean;
  /** The bearer token that is asked for; null for none. */
  readonly token: string | null;
  /** The token, where it was made up here and has to be shown. */
  readonly generatedToken: string | null;
}

/** Asks for a token wherever others than this machine can reach the server. */
export function createAccess(
  host: string,
  givenToken: string | undefined,
  generateToken: () => string,
): Access {
  const isLoopback = isLoopbackHost(host.includes(':') ? `[${host}]` : host.toLowerCase());
  if (givenToken !== undefined) return { isLoopback, token: givenToken, generatedToken: null };
  if (isLoopback) return { isLoopback, token: null, generatedToken: null };
  const token = generateToken();
  return { isLoopback, token, generatedToken: token };
}
