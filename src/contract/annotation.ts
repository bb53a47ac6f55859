import { z } from 'zod';

/** The types without parts. */
export type SimpleKind = 'str' | 'int' | 'float' | 'bool' | 'any' | 'dict';

/** The type of a parameter, as Python's annotation names it. */
export type FieldType =
  | { readonly kind: SimpleKind }
  | { readonly kind: 'list'; readonly items: FieldType | null }
  | { readonly kind: 'optional'; readonly inner: FieldType };

/** What JSON can say; the value of a default. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** One parameter of the function; required when it has no default. */
export interface Field {
  readonly name: string;
  readonly type: FieldType;
  readonly default?: JsonValue;
}

const SIMPLE: Readonly<Record<string, FieldType>> = {
  str: { kind: 'str' },
  int: { kind: 'int' },
  float: { kind: 'float' },
  bool: { kind: 'bool' },
  Any: { kind: 'any' },
  dict: { kind: 'dict' },
  Dict: { kind: 'dict' },
  list: { kind: 'list', items: null },
  List: { kind: 'list', items: null },
};

const HELP =
  'Write it as Python does: "str", "int = 64", "float = 1.0", "bool = False", "list[str]", "Optional[list[str]] = None", "dict", "Any".';

/** Says why an annotation cannot be read, and what can. */
export class AnnotationError extends Error {
  constructor(reason: string) {
    super(`${reason} ${HELP}`);
  }
}

/**
 * Reads a type and its default from Python's notation, as in `max_new_tokens: int = 64`.
 * @throws AnnotationError for an unknown type, a default that is no literal, or one of another type.
 */
export function parseAnnotation(text: string): Omit<Field, 'name'> {
  const equals = text.indexOf('=');
  const type = parseType((equals < 0 ? text : text.slice(0, equals)).trim());
  if (equals < 0) return { type };
  const literal = text.slice(equals + 1).trim();
  const value = parseLiteral(literal);
  if (!fits(value, type)) {
    throw new AnnotationError(`The default ${literal} does not fit ${formatType(type)}.`);
  }
  return { type, default: value };
}

/** Writes a type in Python's notation, for messages. */
export function formatType(type: FieldType): string {
  if (type.kind === 'optional') return `Optional[${formatType(type.inner)}]`;
  if (type.kind === 'list') return type.items === null ? 'list' : `list[${formatType(type.items)}]`;
  return type.kind === 'any' ? 'Any' : type.kind;
}

function parseType(text: string): FieldType {
  const simple = Object.hasOwn(SIMPLE, text) ? SIMPLE[text] : undefined;
  if (simple !== undefined) return simple;
  const bracket = /^(Optional|list|List)\[(.+)\]$/s.exec(text);
  if (bracket?.[1] === 'Optional') return optional(parseType((bracket[2] ?? '').trim()));
  if (bracket !== null) return { kind: 'list', items: parseType((bracket[2] ?? '').trim()) };
  const union = /^(.+)\|\s*None$/s.exec(text) ?? /^None\s*\|(.+)$/s.exec(text);
  if (union !== null) return optional(parseType((union[1] ?? '').trim()));
  throw new AnnotationError(`"${text}" is not a type that a function can be described with.`);
}

function optional(inner: FieldType): FieldType {
  return inner.kind === 'optional' ? inner : { kind: 'optional', inner };
}

/** Python's literals are JSON but for three words and the quotes. */
function parseLiteral(text: string): JsonValue {
  if (text === 'None') return null;
  if (text === 'True') return true;
  if (text === 'False') return false;
  const quoted = /^'([^'\\]*)'$/.exec(text);
  if (quoted !== null) return quoted[1] ?? '';
  try {
    return literalSchema.parse(JSON.parse(text));
  } catch {
    throw new AnnotationError(`The default ${text === '' ? '(empty)' : text} is not a literal.`);
  }
}

const literalSchema: z.ZodType<JsonValue> = z.json();

function fits(value: JsonValue, type: FieldType): boolean {
  switch (type.kind) {
    case 'any':
      return true;
    case 'str':
      return typeof value === 'string';
    case 'int':
      return Number.isInteger(value);
    case 'float':
      return typeof value === 'number';
    case 'bool':
      return typeof value === 'boolean';
    case 'dict':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'list': {
      const { items } = type;
      return Array.isArray(value) && (items === null || value.every((item) => fits(item, items)));
    }
    case 'optional':
      return value === null || fits(value, type.inner);
    default:
      return type satisfies never;
  }
}
