import type { HeaderList } from '../../scenarios/outcome.ts';
import { isPlainHeader } from '../secrets.ts';
import { quoteForShell } from '../shell.ts';
import type { PlannedRequest } from './planned.ts';
import { ACCEPT_ENCODING, bodyText, requestUrl } from './to-probe.ts';

/** A piece of a word: as it is, or what the shell puts in its place. */
type Piece = string | { readonly shell: string };

/** Beyond this, what fills a prompt is made by the shell. */
const FILLED_CHARS_MIN = 1000;

/** Where a request goes, and how its answer is shown. */
export interface CurlOptions {
  readonly url: string;
  /** Of the user; may hold secrets. */
  readonly headers: HeaderList;
  /** Shows the bytes that came in place of the text that they unpack to. */
  readonly isRaw: boolean;
}

/**
 * The request as a line for a POSIX shell. Header values and those of the URL's own query are
 * secrets and stand there as variables: `"$MODAL_KEY"`. It asks for the encodings that were asked
 * for: an endpoint may answer otherwise without.
 */
export function curlLine(request: PlannedRequest, options: CurlOptions): string {
  const { url, headers, isRaw } = options;
  const { method } = request;
  const body = bodyText(request);
  const words = isRaw ? ['curl', '-i'] : ['curl', '-i', '--compressed'];
  if (method !== (body === null ? 'GET' : 'POST')) words.push('-X', method);
  const taken = new Set<string>();
  words.push(quote(urlPieces(request, url, taken)));
  if (!headers.some(([name]) => /^accept-encoding$/i.test(name))) {
    words.push('-H', quote([`Accept-Encoding: ${ACCEPT_ENCODING}`]));
  }
  for (const [name, value] of headers) {
    const shown = isPlainHeader(name) ? value : variable(name, 'HEADER_', taken);
    words.push('-H', quote([`${name}: `, shown]));
  }
  if (body !== null) {
    words.push('-H', quote(['Content-Type: application/json']));
    words.push('-d', quote(filledPieces(body, request)));
  }
  return [...words, ...(isRaw ? ['|', 'od', '-c'] : [])].join(' ');
}

function quote(pieces: readonly Piece[]): string {
  let line = '';
  let plain = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      plain += piece;
      continue;
    }
    line += `${plain === '' ? '' : quoteForShell(plain)}"${piece.shell}"`;
    plain = '';
  }
  return plain === '' && line !== '' ? line : line + quoteForShell(plain);
}

/** Modal's own two have the names that Modal's documentation gives them. */
function variable(name: string, prefix: string, taken: Set<string>): Piece {
  const upper = name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
  const wanted = /^modal-(?:key|secret)$/i.test(name) ? upper : `${prefix}${upper}`;
  let free = wanted;
  for (let count = 2; taken.has(free); count += 1) free = `${wanted}_${count}`;
  taken.add(free);
  return { shell: `$${free}` };
}

function urlPieces(request: PlannedRequest, url: string, taken: Set<string>): readonly Piece[] {
  const question = url.indexOf('?');
  if (question < 0) return filledPieces(requestUrl(url, request), request);
  const own = url.slice(question + 1).split('&');
  const pairs = own.flatMap((pair, index): readonly Piece[] => {
    const joint = index === 0 ? '?' : '&';
    const equals = pair.indexOf('=');
    // A parameter without a name, or without a value, is one that may itself be a secret.
    const name = equals < 0 ? '' : pair.slice(0, equals);
    if (pair === '' || pair.length === equals + 1) return [joint, pair];
    const before = equals < 0 ? joint : `${joint}${name}=`;
    return [before, variable(decode(name), 'QUERY_', taken)];
  });
  const added = requestUrl(url, request).slice(url.length);
  return [url.slice(0, question), ...pairs, ...filledPieces(added, request)];
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** awk, which every POSIX system has, repeats what fills a long prompt. */
function filledPieces(text: string, { prompt }: PlannedRequest): readonly Piece[] {
  const filler = prompt?.filler;
  if (filler === undefined) return [text];
  const { unit, times } = filler;
  // In a body as it is, which JSON leaves alone; in a URL percent-encoded.
  for (const form of [unit, encodeURIComponent(unit)]) {
    const whole = form.repeat(times);
    const at = text.indexOf(whole);
    if (at < 0 || whole.length < FILLED_CHARS_MIN) continue;
    const program = `BEGIN { while (i++ < ${times}) printf "%s", "${form}" }`;
    const made = { shell: `$(awk ${quoteForShell(program)})` };
    return [text.slice(0, at), made, text.slice(at + whole.length)];
  }
  return [text];
}
