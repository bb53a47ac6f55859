import { floatRepr } from '../python/float-repr.ts';
import { isDict, isList, type PyValue } from '../python/value.ts';

/** Python's `type(value).__name__`. */
export function typeName(value: PyValue): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'string') return 'str';
  if (isList(value)) return 'list';
  return isDict(value) ? 'dict' : 'bytes';
}

/** Python's `repr(value)` of what JSON can say. */
export function repr(value: PyValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return numberRepr(value);
  if (typeof value === 'string') return stringRepr(value);
  if (isList(value)) return `[${value.map(repr).join(', ')}]`;
  if (!isDict(value)) return `<${value.length} bytes>`;
  const members = Array.from(value, ([key, member]) => `${stringRepr(key)}: ${repr(member)}`);
  return `{${members.join(', ')}}`;
}

function numberRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return floatRepr(value);
  return value > 0 ? 'inf' : '-inf';
}

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Python escapes what it does not call printable: every separator but the space, and all of C. */
const UNPRINTABLE = /[^ \P{Z}]|\p{C}/gu;

function stringRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll(UNPRINTABLE, (character) => NAMED[character] ?? codeEscape(character));
  return `${quote}${escaped}${quote}`;
}

function codeEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

const REPR_MAX_BYTES = 50;

/** Shortens a repr as Pydantic does in its messages: 25 bytes, three dots, 24 bytes. */
export function clipRepr(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= REPR_MAX_BYTES) return text;
  let head = 25;
  let tail = bytes.length - 24;
  while (isContinuation(bytes[head])) head -= 1;
  while (isContinuation(bytes[tail])) tail += 1;
  const decoder = new TextDecoder();
  return `${decoder.decode(bytes.subarray(0, head))}...${decoder.decode(bytes.subarray(tail))}`;
}

/** Inside a character of UTF-8 there is no cut. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}
