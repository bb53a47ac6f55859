import { isLoopbackHost, isSameOrigin, parseAuthority } from './authority.ts';
import { CONTROL_PREFIX, type ControlPort } from './port.ts';
import { ProblemError, show } from './problem.ts';
import { bearerToken, equalsSecret } from './token.ts';

/** The one path that needs no token: health checks have none, and it tells nothing. */
const OPEN_PATH = `${CONTROL_PREFIX}/health`;

type Guarded = Pick<ControlPort, 'token' | 'isLoopback'>;

/**
 * Refuses who must not control the emulator, before anything of the request is acted upon:
 * pages of other sites, names that somebody's DNS made point here, and callers without the token.
 */
export function checkGate(request: Request, path: string, port: Guarded): void {
  const host = request.headers.get('host') ?? new URL(request.url).host;
  // Elsewhere than on loopback the server's names are unknown; there the token decides.
  if (port.isLoopback) checkHost(host);
  checkFetchSite(request.headers.get('sec-fetch-site'));
  checkOrigin(request.headers.get('origin'), host);
  if (path !== OPEN_PATH) checkToken(request.headers.get('authorization'), port);
}

function checkHost(host: string): void {
  if (isLoopbackHost(parseAuthority(host)?.host ?? '')) return;
  throw new ProblemError(
    403,
    'foreign-host',
    `Failed to accept host ${show(host)}: a server on loopback is controlled by the names ` +
      'localhost, *.localhost, 127.0.0.0/8 and [::1] only, so that no DNS answer can lead a ' +
      'browser here. Use http://localhost with the port, or serve with --host and a token.',
  );
}

/** A browser says where a request comes from; other clients say nothing. */
function checkFetchSite(site: string | null): void {
  if (site === null || site === 'same-origin' || site === 'none') return;
  throw new ProblemError(
    403,
    'foreign-site',
    `Failed to accept a request of site ${show(site)} (Sec-Fetch-Site): a page of another origin ` +
      'must not control the emulator. Call it from your test or from a terminal.',
  );
}

function checkOrigin(origin: string | null, host: string): void {
  if (origin === null) return;
  const authority = parseAuthority(host);
  if (authority !== null && isSameOrigin(origin, authority)) return;
  throw new ProblemError(
    403,
    'foreign-origin',
    `Failed to accept origin ${show(origin)}: it is not the origin of host ${show(host)}, and a ` +
      'page of another origin must not control the emulator. Leave the Origin header out.',
  );
}

function checkToken(authorization: string | null, port: Guarded): void {
  if (port.token === null && port.isLoopback) return;
  if (port.token === null || port.token === '') {
    throw new ProblemError(
      403,
      'token-not-set',
      'Failed to accept the request: no token is set, and others than this machine can ask. ' +
        'Set a token, or bind the server to 127.0.0.1.',
    );
  }
  const given = bearerToken(authorization);
  if (given === null) throw unauthorized('token-missing', 'there is no bearer token in it', '');
  if (equalsSecret(given, port.token)) return;
  throw unauthorized('token-wrong', 'this is not the token', ', error="invalid_token"');
}

function unauthorized(code: string, reason: string, parameters: string): ProblemError {
  return new ProblemError(
    401,
    code,
    `Failed to accept the Authorization header: ${reason}. ` +
      'Send "Authorization: Bearer ‹token›" with the token the server was started with.',
    { headers: { 'www-authenticate': `Bearer realm="modal-emulator"${parameters}` } },
  );
}
