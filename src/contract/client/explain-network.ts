import type { Explained } from './untold.ts';

/** Causes of causes are not endless. */
const DEPTH_MAX = 8;

const NOT_HTTP = 'HTTPParserError';

/** What the system calls the reason of a rejected `fetch`; it stands in the causes of the error. */
export function causeCode(error: unknown): string | null {
  for (const one of causesOf(error)) {
    if ('code' in one && typeof one.code === 'string' && one.code !== '') return one.code;
    // Some versions of Node lose the parser's code on the way.
    if ('name' in one && one.name === NOT_HTTP) return NOT_HTTP;
  }
  return null;
}

/** The innermost words about it: `fetch failed` says nothing. */
export function causeWords(error: unknown): string {
  const words = causesOf(error).flatMap((one) => ('message' in one ? [String(one.message)] : []));
  return words.findLast((one) => one !== '') ?? 'fetch rejected without a word';
}

/** An error and what caused it; of several attempts at one name, the first. */
function causesOf(error: unknown): readonly object[] {
  const found: object[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && found.length < DEPTH_MAX) {
    found.push(next);
    if ('cause' in next) next = next.cause;
    else next = 'errors' in next && Array.isArray(next.errors) ? next.errors[0] : null;
  }
  return found;
}

/** What a code means, and what to do. */
const EXPLAINED: readonly (readonly [code: RegExp, why: string, hint: string])[] = [
  [
    /^(?:ENOTFOUND|EAI_AGAIN)$/,
    'the name of the host is not known',
    'Check the URL and the network.',
  ],
  [
    /^ECONNREFUSED$/,
    'nothing listens there',
    'Check host and port, and that the endpoint is started.',
  ],
  [
    /^(?:ECONNRESET|EPIPE|UND_ERR_SOCKET)$/,
    'the connection was closed before the answer was whole',
    "Ask again; when it happens often, look at the app's log.",
  ],
  [
    /^(?:ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/,
    'the host cannot be reached',
    'Check the URL, the network and its proxy.',
  ],
  [
    /^UND_ERR_(?:HEADERS|BODY)_TIMEOUT$/,
    "Node's fetch waits no longer than its own limit, 5 minutes unless it is changed",
    'Give a fetch whose dispatcher waits longer, or make the endpoint faster.',
  ],
  [
    /^UND_ERR_HEADERS_OVERFLOW$/,
    "the answer's headers are longer than Node's fetch reads, 16 KiB unless it is changed",
    'Let the endpoint send fewer or shorter ones, or start Node with --max-http-header-size.',
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/,
    'the certificate is not to be trusted',
    'Check the name in the URL, and the certificate.',
  ],
  [
    /^(?:EPROTO|ERR_SSL_.+)$/,
    'the other side does not speak TLS',
    'Check the port, or write http instead of https.',
  ],
  [/^(?:HPE_.+|HTTPParserError)$/, 'what came is not HTTP', 'Check the port.'],
];

/** Why there was no answer, and what to do about it. */
export function explainNetwork(code: string | null, cause: unknown): Explained {
  const words = causeWords(cause);
  if (words === 'bad port') {
    return ['fetch refuses this port, as browsers do', 'Let the endpoint listen on another.'];
  }
  if (code === null) {
    const hint =
      'Check the URL and the network; in a browser also CORS, which hides what Modal itself answers.';
    return [words, hint];
  }
  const known = EXPLAINED.find(([pattern]) => pattern.test(code));
  if (known === undefined) return [`${words} (${code})`, 'Check the URL and the network.'];
  return [`${known[1]} (${code})`, known[2]];
}
