import { quoteForShell } from '../../../src/verify/shell.ts';
import type { WireAnswer } from '../../doors.ts';
import type { Exchanged, SidesRequest } from './sides.ts';
import { differences, partsOf } from './sides.ts';
import { bytesOf } from './wire.ts';

const SHOWN_CHARS_MAX = 1500;

/** Bytes as text that can be read: line breaks as they are, all else that does not print escaped. */
export function readable(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1').replaceAll('\r\n', '\n');
  const escaped = text.replace(/[^\n\x20-\x7e]/g, (character) => {
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  if (escaped.length <= SHOWN_CHARS_MAX) return escaped;
  return `${escaped.slice(0, SHOWN_CHARS_MAX)}… (${bytes.length} bytes)`;
}

/** The request as it goes over the wire. */
export function describeRequest(request: SidesRequest): string {
  return readable(bytesOf(request));
}

/** The same request with curl, to `$URL`: the body from printf, whatever it is made of. */
export function curlOf({ method, target, headers, body, isChunked }: SidesRequest): string {
  const words = ['curl', '--silent', '--include', '--path-as-is', '--request', quoted(method)];
  words.push('--request-target', quoted(target));
  // What curl would add by itself is taken off; an empty value is written with a semicolon.
  const all = [...headers, ...(isChunked ? [['Transfer-Encoding', 'chunked'] as const] : [])];
  if (headers.every(([name]) => name !== 'Content-Type')) words.push('--header', 'Content-Type:');
  for (const [name, value] of all) {
    words.push('--header', quoted(value === '' ? `${name};` : `${name}: ${value}`));
  }
  if (body.length === 0) return `${words.join(' ')} "$URL"`;
  return `printf ${quoted(octal(body))} | ${words.join(' ')} --data-binary @- "$URL"`;
}

/** Only what a shell could misread is put into quotes. */
function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : quoteForShell(text);
}

/** A format for printf: everything that is not plain ASCII in octal. */
function octal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (character === '%') return '%%';
    if (byte >= 0x20 && byte < 0x7f && character !== '\\') return character;
    return `\\${byte.toString(8).padStart(3, '0')}`;
  }).join('');
}

/** An answer with what is compared of it. */
export function describeAnswer(answer: WireAnswer): string {
  // Sound: `comparable` makes a list of pairs of it.
  const headers = partsOf(answer).headers as readonly (readonly [string, string])[];
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [String(answer.status), ...lines, '', readable(answer.body)].join('\n');
}

/** Both answers, and what differs. */
export function describeExchanged(exchanged: Exchanged): string {
  const { live, emulated } = exchanged;
  return [
    `differs: ${differences(exchanged).join(', ')}`,
    '--- FastAPI answered',
    describeAnswer(live),
    '--- the emulator answered',
    describeAnswer(emulated),
  ].join('\n');
}
