import { decodeUtf8 } from './decode.ts';
import { floatRepr } from './float-repr.ts';
import { isList, type PyValue } from './value.ts';

/** A value that Python cannot answer as JSON: NaN, a lone surrogate, bytes that are not UTF-8. */
export class JsonWriteError extends Error {
  override readonly name: string = 'JsonWriteError';
}

/** How deep a value may be. */
export interface WriteOptions {
  readonly levelsMax: number;
  /** Whether a scalar and a key are a level of their own, or only a container is one. */
  readonly countsScalars: boolean;
}

const UNLIMITED: WriteOptions = { levelsMax: Number.POSITIVE_INFINITY, countsScalars: true };

/**
 * Writes a value as FastAPI's JSONResponse does: compact, keys in order, non-ASCII raw.
 * @throws JsonWriteError where Python raises, which FastAPI answers with a bare 500.
 */
export function writeJson(value: PyValue, options: WriteOptions = UNLIMITED): string {
  return write(value, options.levelsMax, options.countsScalars);
}

function write(value: PyValue, levelsMax: number, countsScalars: boolean): string {
  const isContainer = typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
  if (levelsMax <= 0 && (countsScalars || isContainer)) {
    throw new JsonWriteError('maximum recursion depth exceeded');
  }
  if (value === null) return 'null';
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return floatRepr(value);
    throw new JsonWriteError('Out of range float values are not JSON compliant');
  }
  if (value instanceof Uint8Array) return writeBytes(value);
  const inner = levelsMax - 1;
  if (isList(value)) {
    return `[${value.map((item) => write(item, inner, countsScalars)).join(',')}]`;
  }
  const members: string[] = [];
  for (const [key, member] of value) {
    members.push(`${writeString(key)}:${write(member, inner, countsScalars)}`);
  }
  return `{${members.join(',')}}`;
}

/** Writes a string; equal to Python's for every string that UTF-8 can carry. */
export function writeString(text: string): string {
  if (!text.isWellFormed()) throw new JsonWriteError("'utf-8' codec can't encode a surrogate");
  return JSON.stringify(text);
}

function writeBytes(bytes: Uint8Array): string {
  const text = decodeUtf8(bytes, { surrogates: false });
  if (text === null) throw new JsonWriteError("'utf-8' codec can't decode the bytes");
  return writeString(text);
}
