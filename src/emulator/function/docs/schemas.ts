import type { Field, FieldType } from '../../../contract/annotation.ts';
import type { PyDict, PyValue } from '../../python/value.ts';
import type { DocsTraits, Stack } from '../stacks.ts';
import { documentDefault } from './default-value.ts';
import { DIALECTS, type DocsDialect, type SchemaKey } from './dialects.ts';
import { dict, orderedDict, type Parts } from './ordered-dict.ts';
import { titleOf } from './title.ts';

type SchemaParts = Parts<SchemaKey>;

/** Writes the schemas of one stack. */
export interface SchemaWriter {
  /** A body that is any object: `item: dict`. */
  dictBody(parameter: string): PyDict;
  parameter(field: Field): PyDict;
  model(name: string, fields: readonly Field[]): PyDict;
  /** The two schemas of a 422, by name. */
  errors(): readonly (readonly [name: string, schema: PyDict])[];
}

/** Creates the writer of a stack's schemas. */
export function createSchemaWriter({ traits }: Stack): SchemaWriter {
  const dialect = DIALECTS[traits.validation];
  const write = (parts: SchemaParts) => orderedDict(parts, dialect.schemaKeys);
  const parts = (type: FieldType) => typeParts(type, { dialect, docs: traits.docs, write });

  const property = (field: Field): PyDict => {
    const title = titleOf(field.name);
    return write({
      ...parts(field.type),
      title: dialect.trimsTitles ? title.trim() : title,
      default: defaultOf(field, dialect),
    });
  };
  const object = (title: string, properties: PyDict, required: readonly string[]): PyDict =>
    write({
      title,
      type: 'object',
      properties,
      required: required.length === 0 ? undefined : required,
    });

  return {
    dictBody: (parameter) => write({ ...parts({ kind: 'dict' }), title: titleOf(parameter) }),
    parameter: (field) => {
      const titled = { ...parts(field.type), title: titleOf(field.name) };
      const withDefault = { ...titled, default: defaultOf(field, dialect) };
      const required = field.default === undefined;
      const schema = orderedDict(withDefault, dialect.parameterSchemaKeys);
      return orderedDict(
        { name: field.name, in: 'query', required, schema },
        dialect.parameterKeys,
      );
    },
    model: (name, fields) => {
      // A name with a leading underscore is a private attribute to Pydantic, not a field.
      const shown = fields.filter((field) => !field.name.startsWith('_'));
      const required = shown.filter((field) => isRequired(field, dialect));
      return object(
        name,
        new Map(shown.map((field) => [field.name, property(field)])),
        required.map((field) => field.name),
      );
    },
    errors: () => [
      ['HTTPValidationError', object('HTTPValidationError', errorList(write), [])],
      ['ValidationError', object('ValidationError', errorParts(write, traits.docs), ERROR_KEYS)],
    ],
  };
}

interface TypeContext {
  readonly dialect: DocsDialect;
  readonly docs: DocsTraits;
  readonly write: (parts: SchemaParts) => PyDict;
}

function typeParts(type: FieldType, context: TypeContext): SchemaParts {
  const nested = (inner: FieldType) => context.write(typeParts(inner, context));
  switch (type.kind) {
    case 'any':
      return {};
    case 'str':
      return { type: 'string' };
    case 'int':
      return { type: 'integer' };
    case 'float':
      return { type: 'number' };
    case 'bool':
      return { type: 'boolean' };
    case 'dict':
      return {
        type: 'object',
        additionalProperties: context.docs.dictSchemaAllowsMore ? true : undefined,
      };
    case 'list':
      return { type: 'array', items: type.items === null ? dict({}) : nested(type.items) };
    case 'optional':
      if (!context.dialect.namesNull) return typeParts(type.inner, context);
      return { anyOf: [nested(type.inner), dict({ type: 'null' })] };
    default:
      return type satisfies never;
  }
}

function isRequired(field: Field, { nullableIsOptional }: DocsDialect): boolean {
  const canBeNone = field.type.kind === 'optional' || field.type.kind === 'any';
  return field.default === undefined && !(nullableIsOptional && canBeNone);
}

function defaultOf(field: Field, dialect: DocsDialect): PyValue | undefined {
  return field.default === undefined
    ? undefined
    : documentDefault(field.default, field.type, dialect);
}

const ERROR_KEYS = ['loc', 'msg', 'type'] as const;

function errorList(write: TypeContext['write']): PyDict {
  const items = dict({ $ref: '#/components/schemas/ValidationError' });
  return dict({ detail: write({ title: 'Detail', type: 'array', items }) });
}

function errorParts(write: TypeContext['write'], docs: DocsTraits): PyDict {
  const step = dict({ anyOf: [dict({ type: 'string' }), dict({ type: 'integer' })] });
  const shown = docs.errorSchemaNamesInput;
  return dict({
    loc: write({ title: 'Location', type: 'array', items: step }),
    msg: write({ title: 'Message', type: 'string' }),
    type: write({ title: 'Error Type', type: 'string' }),
    input: shown ? write({ title: 'Input' }) : undefined,
    ctx: shown ? write({ title: 'Context', type: 'object' }) : undefined,
  });
}
