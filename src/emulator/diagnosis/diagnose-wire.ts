import type { WireEnd } from '../../scenarios/outcome.ts';
import { joinBytes } from '../bytes.ts';
import { ReadError, replayConnection, SilenceError } from './connection.ts';
import { ContentDecodingError, decodeContent } from './content-encoding.ts';
import { diagnose } from './diagnose.ts';
import type { Diagnosis } from './diagnosis.ts';
import { diagnoseHeaders } from './header-limits.ts';
import { type ClientHead, readClientHead } from './http-client.ts';
import { repr } from './python-repr.ts';
import { diagnoseRedirect } from './redirect.ts';
import { EndedPrematurely, InvalidHeaderError, readBody } from './urllib3-body.ts';
import { diagnoseAbandoned, fails } from './verdicts.ts';
import { aborted, broken, invalidHeader, SILENCE } from './wire-verdicts.ts';

/** What was sent over a wire. */
export interface SentWire {
  /** The beginning, or all of it. */
  readonly bytes: Uint8Array;
  readonly bytesSent: number;
  readonly end: WireEnd;
  /** False when the client left before the last step was through. */
  readonly isWhole: boolean;
}

/**
 * What `Modal.invoke(prompt)` makes of a connection that ends as a wire does, however its bytes are
 * spread over time: the class sets no timeout. It repeats what http.client, urllib3 and requests do,
 * as `diagnose` does; see tests/python/wires.json. Null for more bytes than were kept.
 */
export function diagnoseWire(sent: SentWire, prompt: string): Diagnosis | null {
  if (!sent.isWhole) return diagnoseAbandoned();
  if (sent.bytes.length < sent.bytesSent) return null;
  const connection = replayConnection(sent.bytes, sent.end);
  const pieces: Uint8Array[] = [];
  let head: ClientHead | null = null;
  try {
    head = readClientHead(connection);
    const early = diagnoseHeaders(head.headers);
    if (early !== null) return early;
    readBody(connection, head, (piece) => pieces.push(piece));
  } catch (error) {
    if (error instanceof SilenceError) return SILENCE;
    if (error instanceof InvalidHeaderError) return invalidHeader(error.message);
    if (head === null && error instanceof ReadError) return aborted(error.message, sent.bytes);
    const isPremature = error instanceof EndedPrematurely;
    if (head === null || !(isPremature || error instanceof ReadError)) throw error;
    const message = isPremature ? error.message : connectionBroken(error.message);
    return diagnoseBroken(head, joinBytes(pieces), { message, end: sent.end });
  }
  return diagnose({ ...head, body: joinBytes(pieces) }, prompt);
}

/** The text of urllib3's `ProtocolError`, which keeps the error beside its words. */
function connectionBroken(error: string): string {
  return `(${repr(`Connection broken: ${error}`)}, ${error})`;
}

function diagnoseBroken(
  { status, headers }: ClientHead,
  read: Uint8Array,
  { message, end }: { message: string; end: WireEnd },
): Diagnosis {
  // The body of a redirect is only read to be thrown away.
  const redirect = diagnoseRedirect(status, headers);
  if (redirect !== null) return redirect;
  try {
    decodeContent(headers, read);
  } catch (error) {
    // What came is unpacked before the next read finds the end.
    if (error instanceof ContentDecodingError) return undecodable(error);
  }
  return broken(message, end);
}

function undecodable({ message }: ContentDecodingError): Diagnosis {
  return fails({
    exception: 'requests.exceptions.ContentDecodingError',
    message,
    because: 'The body is not what its Content-Encoding says.',
    hint: 'Answer without Content-Encoding, or compress the body.',
  });
}
