import { canonicalJson, digestText } from '../scenarios/digest.ts';
import type { Call } from './call.ts';

/** A longer body counts by its bytes: to look at them is all that it may cost. */
const VALUE_MAX_BYTES = 512;
/** A longer text is known by its digest, so that what is remembered stays small. */
const TEXT_MAX_LENGTH = 512;

/** How the function is asked that nothing but the prompt is said to. */
export interface PlainCall {
  readonly method: string;
  readonly promptField: string;
}

/** What a client says that makes its attempts one request; null when it says nothing. */
export function idempotencyKeyOf(call: Call): string | null {
  return call.header('idempotency-key') || null;
}

/**
 * What makes calls attempts of one request, as a text: its Idempotency-Key, or else what it asks. A
 * plain prompt is a text of its own, which nothing else begins like. Whoever has read already that
 * the body holds the prompt alone says so, and it is not read again.
 */
export function identify(call: Call, plain: PlainCall, promptOnly: string | null): string {
  const key = idempotencyKeyOf(call);
  if (key !== null) return `\0key ${shorten(key)}`;
  const { method, target, body } = call;
  const isPlain = method === plain.method && target === '/' && body.length <= VALUE_MAX_BYTES;
  if (isPlain) {
    const prompt = promptOnly ?? onlyPrompt(body, plain.promptField);
    if (prompt !== null && !prompt.startsWith('\0')) return prompt;
  }
  return `\0${contentOf(call)}`;
}

/**
 * What is asked, as a text: method, target and body, which counts by its value where it is short
 * JSON, so that clients which write it differently ask the same.
 */
export function contentOf({ method, target, body }: Call): string {
  const value = body.length > VALUE_MAX_BYTES ? undefined : parse(body);
  const content = (value === undefined ? null : canonicalJson(value)) ?? digestBytes(body);
  return `${method} ${shorten(target)} ${content}`;
}

/** The text itself, or its digest when it is long. */
export function shorten(text: string): string {
  return text.length <= TEXT_MAX_LENGTH ? text : `digest ${digestText(text)}`;
}

function onlyPrompt(body: Uint8Array, field: string): string | null {
  const value = parse(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const [[name, prompt] = [], second] = Object.entries(value);
  return second === undefined && name === field && typeof prompt === 'string' ? prompt : null;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parse(body: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(body));
  } catch {
    return undefined;
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
