import { latin1 } from './wire.ts';

/** An encoding that a body can be written in. */
export type Encoding = 'utf-8' | 'utf-16' | 'latin-1';

/** Writes a text as bytes: UTF-16 little-endian behind its mark, Latin-1 with "?" for the rest. */
export function encodeText(text: string, encoding: Encoding): string | Uint8Array {
  // A text goes out as UTF-8 anyway.
  if (encoding === 'utf-8') return text;
  if (encoding === 'latin-1') return latin1(text.replaceAll(/[\u0100-\u{10ffff}]/gu, '?'));
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, true);
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(2 + index * 2, text.charCodeAt(index), true);
  }
  return bytes;
}
