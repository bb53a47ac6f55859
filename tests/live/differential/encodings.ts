import fc, { type Arbitrary } from 'fast-check';
import { mostly } from './chance.ts';
import { BYTES } from './pools.ts';

type Encoder = (codePoint: number) => readonly number[];

/** As Python's `surrogatepass`: half a pair is encoded like any other code point. */
const utf8: Encoder = (point) => {
  if (point < 0x80) return [point];
  const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f);
  if (point < 0x800) return [0xc0 | (point >> 6), tail(0)];
  if (point < 0x10000) return [0xe0 | (point >> 12), tail(6), tail(0)];
  return [0xf0 | (point >> 18), tail(12), tail(6), tail(0)];
};

const utf16le: Encoder = (point) => [...Buffer.from(String.fromCodePoint(point), 'utf16le')];
const utf16be: Encoder = (point) => [
  ...Buffer.from(String.fromCodePoint(point), 'utf16le').swap16(),
];
const utf32le: Encoder = (point) => [point & 0xff, (point >> 8) & 0xff, point >> 16, 0];
const utf32be: Encoder = (point) => [...utf32le(point)].reverse();

type Encoding = readonly [encoder: Encoder, mark: readonly number[]];

/** Encodings with the mark that stands before the text; some marks are wrong. */
const ENCODINGS: readonly Encoding[] = [
  [utf8, [0xef, 0xbb, 0xbf]],
  [utf16le, [0xff, 0xfe]],
  [utf16be, [0xfe, 0xff]],
  [utf16le, []],
  [utf16be, []],
  [utf32le, [0xff, 0xfe, 0, 0]],
  [utf32be, [0, 0, 0xfe, 0xff]],
  [utf32le, []],
  [utf32be, []],
  [utf8, [0xff, 0xfe]],
  [utf16le, [0xfe, 0xff]],
  [utf8, [0xef, 0xbb]],
];

function encode(text: string, [encoder, mark]: Encoding): Buffer {
  const bytes: number[] = [...mark];
  for (const character of text) bytes.push(...encoder(character.codePointAt(0) ?? 0));
  return Buffer.from(bytes);
}

/** Most texts are long ASCII, or plain; only half a surrogate pair needs our own encoder. */
function encodeUtf8(text: string): Buffer {
  return text.isWellFormed() ? Buffer.from(text) : encode(text, [utf8, []]);
}

/** What happened to the bytes on their way: the end was lost, or some came in. */
type Damage =
  | { readonly lost: number }
  | { readonly at: number; readonly bytes: Uint8Array; readonly replaced: number };

const damage = fc.oneof<Arbitrary<Damage>[]>(
  fc.record({ lost: fc.integer({ min: 1, max: 3 }) }),
  fc.record({
    at: fc.nat({ max: 999 }),
    bytes: fc.oneof(fc.constantFrom(...BYTES), fc.uint8Array({ minLength: 1, maxLength: 1 })),
    replaced: fc.constantFrom(0, 1),
  }),
);

/** A text as bytes: UTF-8 nearly always. */
export function encoded(text: Arbitrary<string>): Arbitrary<Buffer> {
  const encoding = mostly<Encoding | null>(null, 16, fc.constantFrom(...ENCODINGS));
  const harm = mostly<Damage | null>(null, 10, damage);
  return fc.tuple(text, encoding, harm).map(([known, how, what]) => {
    const bytes = how === null ? encodeUtf8(known) : encode(known, how);
    if (what === null) return bytes;
    if ('lost' in what) return bytes.subarray(0, Math.max(0, bytes.length - what.lost));
    const index = Math.floor((what.at / 1000) * (bytes.length + 1));
    const rest = bytes.subarray(index + what.replaced);
    return Buffer.concat([bytes.subarray(0, index), what.bytes, rest]);
  });
}
