import type { Field, FieldType, JsonValue } from './annotation.ts';
import type { FunctionDefinition } from './function.ts';

/** A request that a function takes, as plain data. */
export interface ExampleRequest {
  readonly method: string;
  /** Query parameters, or null when the function has none. */
  readonly query: readonly (readonly [name: string, value: string])[] | null;
  /** The JSON body, or null when the function has none. */
  readonly body: Readonly<Record<string, JsonValue>> | null;
}

/** Makes a valid request: the prompt, and whatever else the function requires. */
export function exampleRequest(definition: FunctionDefinition, prompt: string): ExampleRequest {
  const { method, parameters, promptField } = definition;
  if (parameters.kind === 'dict') return { method, query: null, body: { [promptField]: prompt } };
  const wanted = parameters.fields.filter((field) => isWanted(field, promptField));
  if (parameters.kind === 'model') {
    const entries = wanted.map((field): [string, JsonValue] => [
      field.name,
      exampleValue(field, promptField, prompt),
    ]);
    return { method, query: null, body: Object.fromEntries(entries) };
  }
  const query = wanted.map((field): [string, string] => [
    field.name,
    String(exampleValue(field, promptField, prompt)),
  ]);
  return { method, query, body: null };
}

/** The prompt is shown even where it has a default: it is what the endpoint is for. */
function isWanted(field: Field, promptField: string): boolean {
  return field.name === promptField || field.default === undefined;
}

function exampleValue({ name, type }: Field, promptField: string, prompt: string): JsonValue {
  return name === promptField && takesText(type) ? prompt : exampleOf(type);
}

/** True for a type that takes any text. */
export function takesText(type: FieldType): boolean {
  if (type.kind === 'optional') return takesText(type.inner);
  return type.kind === 'str' || type.kind === 'any';
}

function exampleOf(type: FieldType): JsonValue {
  switch (type.kind) {
    case 'str':
    case 'any':
      return 'text';
    case 'int':
      return 1;
    case 'float':
      return 0.5;
    case 'bool':
      return true;
    case 'dict':
      return {};
    case 'list':
      return type.items === null ? [] : [exampleOf(type.items)];
    case 'optional':
      return exampleOf(type.inner);
    default:
      return type satisfies never;
  }
}
