import type { TransportFailureCode } from '../exchange.ts';
import type { ProblemInfo } from './problem-info.ts';

const raises = (exception: string) =>
  `LangChain's Modal class raises requests.exceptions.${exception}.`;
const UNCONNECTED = raises('ConnectionError');
const BROKEN_BODY = raises('ChunkedEncodingError');
const WAITS = "LangChain's Modal class sets no timeout and waits for ever.";

/** Why there was no whole answer. What the endpoint itself broke has failed; the rest is unknown. */
export const TRANSPORT_PROBLEMS = {
  dns: {
    status: 'inconclusive',
    summary: 'the host name does not resolve',
    hint: 'Check the URL for a typing mistake, and that this machine has a name server.',
    consequence: UNCONNECTED,
  },
  refused: {
    status: 'inconclusive',
    summary: 'nothing listens on the port',
    hint: 'Start the endpoint, or check host and port of the URL.',
    consequence: UNCONNECTED,
  },
  unreachable: {
    status: 'inconclusive',
    summary: 'there is no way to the host',
    hint: 'Check the network, the VPN and the firewall between here and the endpoint.',
    consequence: UNCONNECTED,
  },
  'connect-timeout': {
    status: 'inconclusive',
    summary: 'no connection within the time',
    hint: 'Check host and port; a firewall that drops packets looks like this.',
    consequence: WAITS,
  },
  tls: {
    status: 'inconclusive',
    summary: 'the TLS handshake failed, or the certificate is not trusted',
    hint: 'Check the certificate, that its name is that of the URL, and that the port speaks TLS.',
    consequence: raises('SSLError'),
  },
  'answer-timeout': {
    status: 'inconclusive',
    summary: 'no answer within the time',
    hint: 'A cold start may take longer: give --timeout more seconds, or call the endpoint once before.',
    consequence: WAITS,
  },
  'body-timeout': {
    status: 'failed',
    summary: 'the answer began, but its body did not end within the time',
    hint: 'Answer the whole body with its length; a stream is not for this contract.',
    consequence: WAITS,
  },
  reset: {
    status: 'failed',
    summary: 'the connection was reset',
    hint: "Look at the endpoint's log: the process crashed, or something between ended the connection.",
    consequence: UNCONNECTED,
  },
  closed: {
    status: 'failed',
    summary: 'the connection was closed before an answer',
    hint: "Look at the endpoint's log: the process crashed, or it closes without answering.",
    consequence: UNCONNECTED,
  },
  'speaks-tls': {
    status: 'inconclusive',
    summary: 'the port speaks TLS, and the URL says http',
    hint: 'Use https:// in place of http://.',
    consequence: UNCONNECTED,
  },
  'not-http': {
    status: 'failed',
    summary: 'the answer is not HTTP/1.1',
    hint: 'Check scheme and port: another protocol, or TLS, may be spoken there.',
    consequence: UNCONNECTED,
  },
  'head-too-large': {
    status: 'failed',
    summary: "the answer's head is larger than 64 KiB",
    hint: 'Answer with fewer and shorter headers.',
    consequence: UNCONNECTED,
  },
  'body-too-large': {
    status: 'failed',
    summary: 'the body is larger than 8 MiB, or never ends',
    hint: 'Answer the completion alone, and end the body.',
    consequence: "LangChain's Modal class reads the body to its end, however long that is.",
  },
  'body-short': {
    status: 'failed',
    summary: 'the body ended before its Content-Length',
    hint: 'Let the framework write Content-Length: count bytes, not characters.',
    consequence: `${BROKEN_BODY} (urllib3 before 2 takes the short body for the whole.)`,
  },
  'body-long': {
    status: 'failed',
    summary: 'more bytes came than Content-Length says',
    hint: 'Let the framework write Content-Length: count bytes, not characters.',
    consequence: "LangChain's Modal class reads a body that is cut off.",
  },
  'bad-chunk': {
    status: 'failed',
    summary: 'the chunks of the body are not framed as HTTP/1.1 asks',
    hint: 'Let the framework write the chunks.',
    consequence: BROKEN_BODY,
  },
  'chunk-unfinished': {
    status: 'failed',
    summary: 'the chunked body has no last chunk',
    hint: "Look at the endpoint's log: it stopped in the middle of an answer.",
    consequence: BROKEN_BODY,
  },
} as const satisfies Readonly<Record<TransportFailureCode, ProblemInfo>>;
