import type { Duplex } from 'node:stream';
import type { Outcome } from '../../scenarios/outcome.ts';
import { findHeader } from '../call.ts';
import type { Emulator } from '../emulator.ts';

/** What Node's parser tells of a message that it could not read. */
interface ParseError extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
}

const STATUS_LINES: Readonly<Record<string, string>> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
};

/**
 * Answers what Node's parser refuses. A method that it does not know is still a request to the
 * function, which answers 405 as FastAPI does; anything else is no HTTP and ends the connection.
 */
export function answerUnparsed(emulator: Emulator) {
  return (error: ParseError, socket: Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const request = error.code === 'HPE_INVALID_METHOD' ? readHead(error.rawPacket) : null;
    if (request === null) {
      const statusLine = STATUS_LINES[error.code ?? ''] ?? '400 Bad Request';
      socket.end(`HTTP/1.1 ${statusLine}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const { method, target, headers } = request;
    const outcome = emulator.handle({
      method,
      target,
      rawHeaders: headers.flat(),
      header: (name) => findHeader(headers.flat(), name),
      signal: () => new AbortController().signal,
      body: new Uint8Array(),
    });
    if (!(outcome instanceof Promise)) socket.end(renderHead(outcome));
    else socket.destroy();
  };
}

const REQUEST_LINE = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) (\S+) HTTP\/1\.[01]$/;

interface Head {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
}

function readHead(packet: Buffer | undefined): Head | null {
  const [head = ''] = (packet?.toString('latin1') ?? '').split('\r\n\r\n', 1);
  const [requestLine = '', ...lines] = head.split('\r\n');
  const match = REQUEST_LINE.exec(requestLine);
  if (match === null) return null;
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  return { method: match[1] ?? '', target: match[2] ?? '/', headers };
}

function renderHead(outcome: Outcome): string {
  if (outcome.kind !== 'reply' || typeof outcome.reply.body !== 'string') return '';
  const { status, headers, body } = outcome.reply;
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const length = Buffer.byteLength(body);
  return `HTTP/1.1 ${status} ${status === 405 ? 'Method Not Allowed' : 'Not Found'}\r\ncontent-length: ${length}\r\n${lines}connection: close\r\n\r\n${body}`;
}
