import { canonicalJson, digestText } from '../scenarios/digest.ts';
import type { Call } from './call.ts';

/** A longer body counts by its bytes: to look at them is all that it may cost. */
const VALUE_MAX_BYTES = 512;
/** A longer text is known by its digest, so that what is remembered stays small. */
const TEXT_MAX_LENGTH = 512;

/** What a client says that makes its attempts one request; null when it says nothing. */
export function idempotencyKeyOf(call: Call): string | null {
  return call.header('idempotency-key') || null;
}

/** A body that holds the prompt and nothing else. */
export interface PromptOnly {
  readonly field: string;
  readonly text: string;
}

/**
 * What is asked, as a text: method, target and body, which counts by its value where it is short
 * JSON, so that clients which write it differently ask the same. Whoever has read the body already
 * says so, and it is not read again.
 */
export function contentOf(call: Call, known: PromptOnly | null = null): string {
  const { method, target, body } = call;
  const isLong = body.length > VALUE_MAX_BYTES;
  const content = isLong
    ? digestBytes(body)
    : known === null
      ? canonicalOf(body)
      : writeOnly(known);
  return `${method} ${shorten(target)} ${content}`;
}

/** The text itself, or its digest when it is long. */
export function shorten(text: string): string {
  return text.length <= TEXT_MAX_LENGTH ? text : `digest ${digestText(text)}`;
}

/** As the canonical form of it is. */
function writeOnly({ field, text }: PromptOnly): string {
  return `{${JSON.stringify(field)}:${JSON.stringify(text)}}`;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function canonicalOf(body: Uint8Array): string {
  try {
    return canonicalJson(JSON.parse(utf8.decode(body))) ?? digestBytes(body);
  } catch {
    return digestBytes(body);
  }
}

/** Eight bytes of hash, taken four bytes at a time, and the length. It tells bodies apart. */
function digestBytes(body: Uint8Array): string {
  const wordCount = body.length >>> 2;
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  let one = 0x9e3779b9;
  let other = 0x243f6a88;
  for (let index = 0; index < wordCount; index += 1) {
    const word = view.getUint32(index * 4, true);
    one = Math.imul(one ^ word, 0x85ebca6b);
    one ^= one >>> 15;
    other = Math.imul(other + word, 0xc2b2ae35);
    other ^= other >>> 13;
  }
  const rest = [...body.subarray(wordCount * 4)];
  return `${body.length} bytes ${digestText(JSON.stringify([one, other, ...rest])).slice(0, 16)}`;
}
