import { decodeUtf8 } from './decode.ts';
import { floatRepr } from './float-repr.ts';
import { isList, type PyValue } from './value.ts';

/** A value that Python cannot answer as JSON: NaN, a lone surrogate, bytes that are not UTF-8. */
export class JsonWriteError extends Error {
  override readonly name: string = 'JsonWriteError';
}

/**
 * Writes a value as FastAPI's JSONResponse does: compact, keys in order, non-ASCII raw.
 * `levelsMax` stands for the recursion limit of FastAPI's `jsonable_encoder`, which is Python code:
 * a scalar and a key are a level of their own.
 * @throws JsonWriteError where Python raises, which FastAPI answers with a bare 500.
 */
export function writeJson(value: PyValue, levelsMax = Number.POSITIVE_INFINITY): string {
  if (levelsMax <= 0) throw new JsonWriteError('maximum recursion depth exceeded');
  if (value === null) return 'null';
  if (typeof value === 'string') return writeString(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return floatRepr(value);
    throw new JsonWriteError('Out of range float values are not JSON compliant');
  }
  if (value instanceof Uint8Array) return writeBytes(value);
  if (isList(value)) return `[${value.map((item) => writeJson(item, levelsMax - 1)).join(',')}]`;
  const members: string[] = [];
  for (const [key, member] of value) {
    members.push(`${writeString(key)}:${writeJson(member, levelsMax - 1)}`);
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
