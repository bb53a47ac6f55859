import type { Field, FieldType } from '../../contract/annotation.ts';
import type { FunctionDefinition } from '../../contract/function.ts';
import type { PyDict, PyValue } from '../python/value.ts';
import { toPyValue } from './defaults.ts';

/** A valid request, read the quick way. */
export interface FastRequest {
  readonly values: PyDict;
  /** True when the body holds the prompt and nothing else, so no secret beside it. */
  readonly isPromptOnly: boolean;
}

/**
 * Where JavaScript's own JSON reader and Python's agree, the valid request needs no slow reading.
 * They agree on every document that JavaScript accepts, but for two limits of Python's: nesting
 * and digits. Text too short for either is safe, and a string cannot hold either.
 */
const SAFE_LENGTH = 900;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Makes a reader for the plain case: a JSON object in UTF-8 whose fields have the very types that
 * are asked for. It answers null whenever there is any doubt; the exact reader then decides.
 */
export function createFastReader(
  definition: FunctionDefinition,
): ((body: Uint8Array) => FastRequest | null) | null {
  const { parameters, promptField } = definition;
  if (parameters.kind !== 'model') return null;
  const { fields } = parameters;

  return (body) => {
    const text = decode(body);
    const parsed = text === null ? null : parseObject(text);
    if (text === null || parsed === null) return null;
    const values = new Map<string, PyValue>();
    for (const field of fields) {
      const value = fastValue(field, parsed);
      if (value === undefined) return null;
      values.set(field.name, value);
    }
    const prompt = values.get(promptField);
    // A default is no part of the text.
    const hasPrompt = Object.hasOwn(parsed, promptField);
    const promptLength = hasPrompt && typeof prompt === 'string' ? prompt.length : 0;
    if (text.length - promptLength > SAFE_LENGTH) return null;
    const isPromptOnly = hasPrompt && fields.length === 1 && hasOneKey(parsed);
    return { values, isPromptOnly };
  };
}

function decode(body: Uint8Array): string | null {
  try {
    return utf8.decode(body);
  } catch {
    return null;
  }
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fastValue(field: Field, parsed: Readonly<Record<string, unknown>>): PyValue | undefined {
  if (!Object.hasOwn(parsed, field.name)) {
    return field.default === undefined ? undefined : toPyValue(field.default, field.type);
  }
  return exactType(field.type, parsed[field.name]);
}

/** The value when it has the field's own type and needs no conversion; undefined otherwise. */
function exactType(type: FieldType, value: unknown): PyValue | undefined {
  switch (type.kind) {
    case 'str':
      return typeof value === 'string' ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
    case 'int':
      return Number.isSafeInteger(value) && typeof value === 'number' ? BigInt(value) : undefined;
    case 'float':
      // Python reads -0 as the int 0, which has no sign.
      return typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : undefined;
    case 'optional':
      return value === null ? null : exactType(type.inner, value);
    default:
      return undefined;
  }
}

function hasOneKey(parsed: Readonly<Record<string, unknown>>): boolean {
  let count = 0;
  for (const _key in parsed) {
    count += 1;
    if (count > 1) return false;
  }
  return count === 1;
}
