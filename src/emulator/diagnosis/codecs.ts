import { decodeUtf8 } from '../python/decode.ts';

/** A codec as Python names it, or a label that the platform's TextDecoder knows. */
export type Codec =
  | 'utf-8'
  | 'utf-8-sig'
  | 'utf-16'
  | 'utf-16-le'
  | 'utf-16-be'
  | 'utf-32'
  | 'utf-32-le'
  | 'utf-32-be'
  | 'latin-1'
  | 'ascii'
  | { readonly label: string };

const ALIASES: Readonly<Record<string, Codec>> = {
  utf_8: 'utf-8',
  utf8: 'utf-8',
  u8: 'utf-8',
  utf: 'utf-8',
  cp65001: 'utf-8',
  utf_8_sig: 'utf-8-sig',
  utf_16: 'utf-16',
  utf16: 'utf-16',
  u16: 'utf-16',
  utf_16_le: 'utf-16-le',
  utf_16le: 'utf-16-le',
  utf_16_be: 'utf-16-be',
  utf_16be: 'utf-16-be',
  utf_32: 'utf-32',
  utf32: 'utf-32',
  u32: 'utf-32',
  utf_32_le: 'utf-32-le',
  utf_32le: 'utf-32-le',
  utf_32_be: 'utf-32-be',
  utf_32be: 'utf-32-be',
  latin_1: 'latin-1',
  latin1: 'latin-1',
  latin: 'latin-1',
  l1: 'latin-1',
  iso_8859_1: 'latin-1',
  iso8859_1: 'latin-1',
  iso8859: 'latin-1',
  '8859': 'latin-1',
  cp819: 'latin-1',
  ascii: 'ascii',
  us_ascii: 'ascii',
  '646': 'ascii',
};

/** Finds the codec of a charset; null for a name that Python does not know either. */
export function codecOf(charset: string): Codec | null {
  const name = charset
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '_')
    .replaceAll(/^_|_$/g, '');
  const alias = Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
  if (alias !== undefined) return alias;
  try {
    return { label: new TextDecoder(charset).encoding };
  } catch {
    return null;
  }
}

/** Decodes as `str(bytes, codec, errors="replace")` does. */
export function decodeReplacing(bytes: Uint8Array, codec: Codec): string {
  if (codec === 'latin-1') return decodeBytes(bytes, 0xff);
  if (codec === 'ascii') return decodeBytes(bytes, 0x7f);
  return decodeUnicode(bytes, codec, false) ?? '';
}

/** Decodes as `bytes.decode(codec)` does; null where Python raises UnicodeDecodeError. */
export function decodeStrictly(bytes: Uint8Array, codec: Codec): string | null {
  if (codec === 'utf-8') return decodeUtf8(bytes, { surrogates: false });
  return decodeUnicode(bytes, codec, true);
}

function decodeUnicode(bytes: Uint8Array, codec: Codec, fatal: boolean): string | null {
  if (typeof codec === 'object') return decodeWith(codec.label, bytes, fatal);
  if (codec.startsWith('utf-32')) return decodeUtf32(bytes, codec, fatal);
  if (codec.startsWith('utf-16')) {
    const isMarkedBig = codec === 'utf-16' && bytes[0] === 0xfe && bytes[1] === 0xff;
    const isMarkedLittle = codec === 'utf-16' && bytes[0] === 0xff && bytes[1] === 0xfe;
    const rest = isMarkedBig || isMarkedLittle ? bytes.subarray(2) : bytes;
    return decodeWith(isMarkedBig || codec === 'utf-16-be' ? 'utf-16be' : 'utf-16le', rest, fatal);
  }
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return decodeWith('utf-8', codec === 'utf-8-sig' && isMarked ? bytes.subarray(3) : bytes, fatal);
}

function decodeWith(label: string, bytes: Uint8Array, fatal: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeBytes(bytes: Uint8Array, max: number): string {
  let text = '';
  for (const byte of bytes) text += byte > max ? '\ufffd' : String.fromCharCode(byte);
  return text;
}

function decodeUtf32(bytes: Uint8Array, codec: string, fatal: boolean): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const mark = codec === 'utf-32' && bytes.length >= 4 ? view.getUint32(0, true) : 0;
  const isMarked = mark === 0xfeff || mark === 0xfffe0000;
  const littleEndian = codec === 'utf-32' ? mark !== 0xfffe0000 : codec === 'utf-32-le';
  let text = '';
  let offset = isMarked ? 4 : 0;
  for (; offset + 4 <= bytes.length; offset += 4) {
    const codePoint = view.getUint32(offset, littleEndian);
    const isValid = codePoint <= 0x10ffff && (codePoint & 0xfffff800) !== 0xd800;
    if (!isValid && fatal) return null;
    text += isValid ? String.fromCodePoint(codePoint) : '\ufffd';
  }
  if (offset === bytes.length) return text;
  return fatal ? null : `${text}\ufffd`;
}
