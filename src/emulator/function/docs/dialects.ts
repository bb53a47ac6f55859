import type { StackTraits } from '../stacks.ts';

/** The keywords of JSON Schema that a function's parameters need. */
export type SchemaKey =
  | 'title'
  | 'type'
  | 'anyOf'
  | 'items'
  | 'properties'
  | 'additionalProperties'
  | 'required'
  | 'default';

/** The parts of a query parameter's description. */
export type ParameterKey = 'name' | 'in' | 'required' | 'schema';

/**
 * How a generation of Pydantic describes types. The orders are those of the real documents, which
 * come from the order of the fields in FastAPI's own models of OpenAPI.
 */
export interface DocsDialect {
  readonly schemaKeys: readonly SchemaKey[];
  /** A query parameter's schema does not pass through those models. */
  readonly parameterSchemaKeys: readonly SchemaKey[];
  readonly parameterKeys: readonly ParameterKey[];
  /** Whether `Optional[T]` is `anyOf: [T, null]`, or just T. */
  readonly namesNull: boolean;
  /** Whether a model's field that can be None needs no value. */
  readonly nullableIsOptional: boolean;
  /** Whether the title of a model's field loses the spaces that `_` left at its ends. */
  readonly trimsTitles: boolean;
  /** Whether the keys of dicts inside a default are sorted. */
  readonly sortsDefaults: boolean;
}

/** The dialect of each generation of Pydantic. */
export const DIALECTS: Readonly<Record<StackTraits['validation'], DocsDialect>> = {
  'pydantic-1': {
    schemaKeys: ['title', 'required', 'type', 'anyOf', 'items', 'properties', 'default'],
    parameterSchemaKeys: ['title', 'type', 'default'],
    parameterKeys: ['required', 'schema', 'name', 'in'],
    namesNull: false,
    nullableIsOptional: true,
    trimsTitles: false,
    sortsDefaults: false,
  },
  'pydantic-2': {
    schemaKeys: [
      'anyOf',
      'items',
      'properties',
      'additionalProperties',
      'type',
      'required',
      'title',
      'default',
    ],
    parameterSchemaKeys: ['anyOf', 'type', 'default', 'title'],
    parameterKeys: ['name', 'in', 'required', 'schema'],
    namesNull: true,
    nullableIsOptional: false,
    trimsTitles: true,
    sortsDefaults: true,
  },
};
