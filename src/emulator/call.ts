/**
 * A request as a plain value, its body already read. Both doors make one:
 * the `fetch` door from a `Request`, the Node door from the socket's message.
 */
export interface Call {
  /** As received; HTTP methods are case-sensitive. */
  readonly method: string;
  /** Path and query as received, undecoded: `/?a=1`. */
  readonly target: string;
  /** The first value of a header, or null. The name is lower case. */
  header(name: string): string | null;
  /** Names and values in turn, as received: `['Host', 'localhost', 'Accept', ...]`. */
  readonly rawHeaders: readonly string[];
  readonly body: Uint8Array;
  /** Aborts when the client leaves. Only what waits asks for it. */
  signal(): AbortSignal;
}

/** The first value of a header in a list of names and values in turn. */
export function findHeader(rawHeaders: readonly string[], name: string): string | null {
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const known = rawHeaders[index] ?? '';
    // Most names differ in length, which is cheaper to see than their letters.
    if (known.length === name.length && known.toLowerCase() === name) {
      return rawHeaders[index + 1] ?? null;
    }
  }
  return null;
}

/** The path of a call, undecoded, without the query. */
export function pathOf(call: Call): string {
  const question = call.target.indexOf('?');
  return question < 0 ? call.target : call.target.slice(0, question);
}

/** The query of a call, undecoded, without its question mark; empty when there is none. */
export function queryOf(call: Call): string {
  const question = call.target.indexOf('?');
  return question < 0 ? '' : call.target.slice(question + 1);
}
