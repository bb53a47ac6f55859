import { type Failure, showBytes } from './failure.ts';
import { type Head, valuesOf } from './parse-head.ts';

/** The failure of an answer that HTTP/1.1 does not allow. */
export function notHttp(detail: string, hint?: string): Failure {
  return { code: 'not-http', detail, ...(hint === undefined ? {} : { hint }) };
}

/** Nobody asked for another protocol. */
export function switchesProtocol({ headers }: Head): Failure {
  const protocol = valuesOf(headers, 'upgrade')[0] ?? '';
  return notHttp(
    `The endpoint answers 101 and switches to ${JSON.stringify(protocol.slice(0, 40))}, unasked.`,
  );
}

const START = Buffer.from('HTTP/1.');

/** Kinds of records that TLS begins with. */
const ALERT = 0x15;
const HANDSHAKE = 0x16;

/** Says why these bytes are not the begin of an answer; null when they may be. */
export function whyNoStart(bytes: Buffer, method: string): Failure | null {
  const length = Math.min(bytes.length, START.length);
  if (bytes.compare(START, 0, length, 0, length) === 0) return null;
  // Half of what says that it is TLS.
  if (length === 1 && (bytes[0] === ALERT || bytes[0] === HANDSHAKE)) return null;
  const text = bytes.toString('latin1', 0, 64);
  // What comes back may hold secrets, and is not shown.
  if (text.startsWith(`${method} `)) {
    return notHttp('The endpoint sends the request back, and is no HTTP server.');
  }
  if (isTlsRecord(bytes)) {
    return {
      code: 'speaks-tls',
      detail: 'The endpoint answers in TLS.',
      hint: 'Use https:// in place of http://.',
    };
  }
  if (isSettingsFrame(bytes)) {
    return notHttp(
      'The endpoint speaks HTTP/2 only, without TLS.',
      'Give the address of a server that speaks HTTP/1.1, as clients in Python do.',
    );
  }
  if (/^[\r\n]/.test(text)) return notHttp('The answer begins with an empty line.');
  return notHttp(
    `The answer begins with ${showBytes(bytes)}, which is not HTTP/1.1.`,
    'Check the port: another service may listen there.',
  );
}

/** An alert, or a handshake. */
function isTlsRecord(bytes: Buffer): boolean {
  return (bytes[0] === ALERT || bytes[0] === HANDSHAKE) && bytes[1] === 0x03;
}

/** What HTTP/2 begins with. */
function isSettingsFrame(bytes: Buffer): boolean {
  return bytes[0] === 0 && bytes[1] === 0 && bytes[3] === 0x04;
}
