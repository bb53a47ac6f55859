import type { HeaderList } from '../../scenarios/outcome.ts';
import { type Connection, ReadError } from './connection.ts';
import { repr } from './python-repr.ts';

/** The head of an answer as Python's http.client reads it. */
export interface ClientHead {
  readonly status: number;
  readonly headers: HeaderList;
}

const CONTINUE = 100;

/**
 * Reads the head of an answer as `http.client.HTTPResponse.begin` does.
 * @throws ReadError, SilenceError
 */
export function readClientHead(connection: Connection): ClientHead {
  let [version, status] = readStatusLine(connection);
  while (status === CONTINUE) {
    readHeaderLines(connection);
    [version, status] = readStatusLine(connection);
  }
  if (version !== 'HTTP/0.9' && !version.startsWith('HTTP/1.')) {
    throw new ReadError(`UnknownProtocol(${repr(version)})`);
  }
  return { status, headers: parseHeaders(readHeaderLines(connection)) };
}

function readStatusLine(connection: Connection): [version: string, status: number] {
  const line = connection.readLine();
  if (line === '') {
    throw new ReadError("RemoteDisconnected('Remote end closed connection without response')");
  }
  const [version = '', status = ''] = line.trim().split(/\s+/, 2);
  const code = /^[+-]?[0-9]+$/.test(status) ? Number(status) : Number.NaN;
  if (version.startsWith('HTTP/') && code >= 100 && code <= 999) return [version, code];
  throw new ReadError(`BadStatusLine(${repr(line)})`);
}

/** Up to the empty line, or the end of the connection, which Python takes for one. */
function readHeaderLines(connection: Connection): string {
  let lines = '';
  for (;;) {
    const line = connection.readLine();
    lines += line;
    if (line === '' || line === '\n' || line === '\r\n') return lines;
  }
}

/** What `email.feedparser` takes for a line of headers. */
const HEADER_LINE = /^(?:From |[!-9;-~]*:|[\t ])/;

/** Reads headers as those of a mail: what follows a line that is none is no header any more. */
function parseHeaders(text: string): HeaderList {
  const headers: [name: string, value: string][] = [];
  for (const line of text.split(/\r\n|\r|\n/)) {
    if (!HEADER_LINE.test(line)) break;
    const colon = line.indexOf(':');
    const last = headers.at(-1);
    if (/^[\t ]/.test(line)) {
      if (last !== undefined) last[1] += line;
    } else if (colon > 0) headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  return headers;
}
