const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** Up to here, looking at every character costs less than encoding. */
const SHORT_LENGTH = 200;

/** Size in UTF-8. */
export function byteLength(body: string | Uint8Array): number {
  if (typeof body !== 'string') return body.length;
  return body.length <= SHORT_LENGTH && isAscii(body) ? body.length : encoder.encode(body).length;
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) > 0x7f) return false;
  }
  return true;
}

/** The text of the first bytes; what is not UTF-8 reads as U+FFFD. */
export function decodeClipped(bytes: Uint8Array, bytesMax: number): string {
  return utf8.decode(bytes.length > bytesMax ? bytes.subarray(0, bytesMax) : bytes);
}

/** The first bytes of a text, as a text of its own: a slice would keep the whole in memory. */
export function clipText(text: string | null, bytesMax: number): string | null {
  // A UTF-16 unit takes at most three bytes.
  if (text === null || text.length * 3 <= bytesMax) return text;
  const bytes = encoder.encode(text.slice(0, bytesMax));
  if (bytes.length <= bytesMax && text.length <= bytesMax) return text;
  return utf8.decode(bytes.subarray(0, bytesMax));
}
