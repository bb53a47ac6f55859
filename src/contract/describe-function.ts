import { type Field, formatType, type JsonValue } from './annotation.ts';
import type { FunctionDefinition, FunctionInput } from './function.ts';

/** A definition as one would write it in a config file; `functionSchema` reads it back the same. */
export function describeFunction(definition: FunctionDefinition): FunctionInput {
  const { parameters, handler, ...rest } = definition;
  switch (parameters.kind) {
    case 'model': {
      const { model, fields } = parameters;
      return { ...rest, body: { model, fields: describeFields(fields) }, handler: { ...handler } };
    }
    case 'dict':
      return { ...rest, body: { dict: parameters.parameter }, handler: { ...handler } };
    case 'query':
      return { ...rest, query: describeFields(parameters.fields), handler: { ...handler } };
    default:
      return parameters satisfies never;
  }
}

function describeFields(fields: readonly Field[]): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ name, type, default: value }) => {
      const annotation = formatType(type);
      return [name, value === undefined ? annotation : `${annotation} = ${formatLiteral(value)}`];
    }),
  );
}

/** Python's words for what JSON spells otherwise, where they stand alone. */
function formatLiteral(value: JsonValue): string {
  if (value === null) return 'None';
  if (value === true) return 'True';
  return value === false ? 'False' : JSON.stringify(value);
}
