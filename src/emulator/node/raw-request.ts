/** The head of a request that Node's parser gave up. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
}

const HEAD_END = '\r\n\r\n';
const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
// Visible ASCII only: other bytes are no target, and FastAPI's server refuses them too.
const REQUEST_LINE = new RegExp(`^(${TOKEN}) ([!-~]+) HTTP/1\\.[01]$`);
const HEADER_LINE = new RegExp(`^(${TOKEN}):[ \\t]*([\\t\\x20-\\x7e\\x80-\\xff]*)$`);
const BEGINNING = new RegExp(`^${TOKEN}(?: |$)`);

/**
 * Where the request with the unknown method begins in a packet, given where the parser stumbled;
 * null when that cannot be told. What stands before it are whole requests, read already.
 */
export function findUnparsed(packet: Buffer, stumbledAt: number): number | null {
  let start = 0;
  for (;;) {
    while (packet[start] === 13 || packet[start] === 10) start += 1;
    const methodEnd = packet.indexOf(' ', start);
    // The parser stumbles inside of the method, so a method that ends before was known.
    if (methodEnd < 0 || methodEnd >= stumbledAt) return start;
    const end = findEnd(packet, start);
    if (end === null) return null;
    start = end;
  }
}

/** Where a whole request ends; null for a body of unknown length. */
function findEnd(packet: Buffer, start: number): number | null {
  const headEnd = packet.indexOf(HEAD_END, start);
  const head = headEnd < 0 ? null : parseHead(packet.toString('latin1', start, headEnd));
  if (head === null) return null;
  let bodyBytes = 0;
  for (let index = 0; index < head.rawHeaders.length; index += 2) {
    const name = head.rawHeaders[index]?.toLowerCase();
    if (name === 'transfer-encoding') return null;
    if (name === 'content-length') bodyBytes = Number(head.rawHeaders[index + 1]);
  }
  return headEnd + HEAD_END.length + bodyBytes;
}

/** Reads the head at the beginning of some bytes: `unfinished` as long as more may make it one. */
export function readHead(bytes: Buffer): RawRequest | 'unfinished' | null {
  const text = bytes.toString('latin1');
  const headEnd = text.indexOf(HEAD_END);
  if (headEnd >= 0) return parseHead(text.slice(0, headEnd));
  const lineEnd = text.indexOf('\r\n');
  const couldBecome =
    lineEnd < 0 ? BEGINNING.test(text) : REQUEST_LINE.test(text.slice(0, lineEnd));
  return couldBecome ? 'unfinished' : null;
}

function parseHead(head: string): RawRequest | null {
  const [requestLine = '', ...lines] = head.split('\r\n');
  const [, method, target] = REQUEST_LINE.exec(requestLine) ?? [];
  if (method === undefined || target === undefined) return null;
  const rawHeaders: string[] = [];
  for (const line of lines) {
    const [, name, value] = HEADER_LINE.exec(line) ?? [];
    if (name === undefined || value === undefined) return null;
    rawHeaders.push(name, value.trimEnd());
  }
  return { method, target, rawHeaders };
}
