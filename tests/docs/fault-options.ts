import { z } from 'zod';
import type { Fault } from '../../src/scenarios/fault.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The options of a fault, a row each: name, what it takes, default, description. */
export function optionRows(fault: Fault): readonly (readonly string[])[] {
  const schema = z.toJSONSchema(fault.options, { io: 'input', unrepresentable: 'any' });
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const inner: JsonSchema = typeof property === 'object' ? property : {};
    return [
      `\`${fault.kind}.${name}\``,
      typeText(inner),
      defaultText(fault, name, inner),
      inner.description ?? '',
    ];
  });
}

function typeText(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${String(one)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  const variants = (schema.anyOf ?? schema.oneOf ?? []).filter((one) => typeof one === 'object');
  if (variants.length > 0) return [...new Set(variants.map(typeText))].join(' or ');
  if (schema.$ref !== undefined) return 'any JSON';
  const { minimum, maximum } = schema;
  const isNumber = schema.type === 'number' || schema.type === 'integer';
  if (isNumber && minimum !== undefined && maximum !== undefined) {
    return `${schema.type === 'integer' ? 'integer' : 'number'}, ${minimum} to ${maximum}`;
  }
  const names: Readonly<Record<string, string>> = { object: 'mapping', array: 'list' };
  return [schema.type ?? 'any JSON']
    .flat()
    .map((one) => names[one] ?? one)
    .join(' or ');
}

/** As it is written; where the schema cannot say that, as it is read. */
function defaultText(fault: Fault, name: string, schema: JsonSchema): string {
  if ('default' in schema) return `\`${JSON.stringify(schema.default)}\``;
  const { [name]: _left, ...others } = fault.example;
  const read = fault.options.safeParse(others);
  if (!read.success) return 'required';
  const value = read.data[name];
  return value === undefined ? '' : `\`${JSON.stringify(value)}\``;
}
