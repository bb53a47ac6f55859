import type { Reply } from '../../scenarios/outcome.ts';

/** What Node says of a request that it gives up. */
export interface ReadError {
  readonly code?: string;
  /** The parser's own words. */
  readonly reason?: string;
}

const KNOWN: Readonly<Record<string, readonly [status: number, reason: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'it took too long to arrive'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'its chunk extensions are too long'],
  HPE_HEADER_OVERFLOW: [431, 'its head is too large'],
};

/** The answer to what is no HTTP request: it has no endpoint, so it is the emulator's own. */
export function refusal({ code = '', reason: said = 'it is not HTTP/1.1' }: ReadError): Reply {
  const [status, reason] = KNOWN[code] ?? [400, said];
  return textReply(status, `Failed to read the request: ${reason}.\n`);
}

/** The answer to methods that Node cannot name, where no function answers. */
export const NOT_IMPLEMENTED = textReply(501, 'Failed to answer: the method is unknown here.\n');

function textReply(status: number, body: string): Reply {
  return { status, headers: [['content-type', 'text/plain; charset=utf-8']], body };
}
