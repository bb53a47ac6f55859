import type { Failure } from './failure.ts';

/** What is wrong, and what to do about it. */
type Explanation = readonly [detail: string, hint: string];

const TRUST =
  'Set NODE_EXTRA_CA_CERTS to the file (PEM) of the authority that issued it, or have it issued by a public one.';

/** OpenSSL's names of what a certificate lacks. */
const CERTIFICATE: Readonly<Record<string, (message: string) => Explanation>> = {
  CERT_HAS_EXPIRED: () => ['has expired', 'Renew it, and check the clock of this machine.'],
  CERT_NOT_YET_VALID: () => ['is not valid yet', 'Check the clocks of both machines.'],
  DEPTH_ZERO_SELF_SIGNED_CERT: () => ['is signed by itself', TRUST],
  SELF_SIGNED_CERT_IN_CHAIN: () => ['goes back to an authority that is not trusted here', TRUST],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT: unknownIssuer,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownIssuer,
  ERR_TLS_CERT_ALTNAME_INVALID: (message) => [
    `is not for this name (${altNames(message)})`,
    'Use the name that the certificate is for.',
  ],
};

function unknownIssuer(): Explanation {
  return [
    'was issued by an authority that is not trusted here, or the endpoint does not send the whole chain',
    TRUST,
  ];
}

/** OpenSSL's words for a handshake that did not come about. */
const HANDSHAKE: readonly (readonly [pattern: RegExp, ...Explanation])[] = [
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|RECORD_TOO_SMALL|UNEXPECTED_MESSAGE/,
    'does not speak TLS on this port',
    'Use http:// in place of https://, or the port for HTTPS.',
  ],
  [
    /UNSUPPORTED_PROTOCOL|PROTOCOL_VERSION/,
    'speaks no version of TLS that is still safe (1.2 or 1.3)',
    'Update the server of the endpoint.',
  ],
  [
    /CERTIFICATE_REQUIRED|BAD_CERTIFICATE/,
    "asks for a client's certificate",
    'Client certificates are not supported; verify the endpoint behind what asks for them.',
  ],
  [
    /NO_APPLICATION_PROTOCOL/,
    'speaks no HTTP/1.1 over TLS',
    'Give the address of a server that speaks HTTP/1.1, as clients in Python do.',
  ],
  [
    /UNRECOGNIZED_NAME/,
    'knows no site of this name',
    'Check the spelling, and whether the app is deployed under this name.',
  ],
  [
    /HANDSHAKE_FAILURE|NO_SHARED_CIPHER|NO_CIPHERS|INTERNAL_ERROR/,
    'shares no way of encryption with this machine, or has no certificate for this name',
    'Check the name, and the TLS settings of the endpoint.',
  ],
];

/** Why TLS was not agreed on. */
export function tlsFailure(error: NodeJS.ErrnoException | undefined, url: URL): Failure {
  const { code = '', message = '' } = error ?? {};
  const certificate = Object.hasOwn(CERTIFICATE, code) ? CERTIFICATE[code] : undefined;
  if (certificate !== undefined) {
    const [what, hint] = certificate(message);
    return {
      code: 'tls',
      detail: `The certificate of ${JSON.stringify(url.hostname)} ${what}.`,
      hint,
    };
  }
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === '') {
    return {
      code: 'tls',
      detail: `${url.host} closed the connection in the middle of the TLS handshake.`,
      hint: 'Check whether that port speaks TLS, and whether the name is the right one.',
    };
  }
  const [, what, hint] = HANDSHAKE.find(([pattern]) => pattern.test(`${code} ${message}`)) ?? [];
  if (what !== undefined && hint !== undefined) {
    return { code: 'tls', detail: `${url.host} ${what} (${code}).`, hint };
  }
  return { code: 'tls', detail: `TLS with ${url.host} failed (${code}).` };
}

/** True for an error that TLS raises, also after the handshake. */
export function isTlsError({ code = '' }: NodeJS.ErrnoException): boolean {
  return code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_') || code === 'EPROTO';
}

const NAMES_CHARS_MAX = 120;

/** Node lists the names of the certificate at the end of its message. */
function altNames(message: string): string {
  const names = /.*(?:altnames|cert's CN): (.*)$/s.exec(message)?.[1] ?? 'it names none';
  return names.length > NAMES_CHARS_MAX ? `${names.slice(0, NAMES_CHARS_MAX)}…` : names;
}
