import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The keys that a schema takes, with type, default and description: rows of a Markdown table. */
export function keysTable(schema: z.ZodType, at: string): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return ['| key | what it takes | default | |', '| --- | --- | --- | --- |']
    .concat(rowsOf(json, at))
    .join('\n');
}

function rowsOf(schema: JsonSchema, path: string): string[] {
  const required = schema.required ?? [];
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, inner]) => {
    if (typeof inner === 'boolean' || inner.const !== undefined) return [];
    const at = `${path}.${name}`;
    const isRequired = required.includes(name);
    const standard = 'default' in inner ? `\`${JSON.stringify(inner.default)}\`` : '';
    const row = [
      `\`${at}\``,
      typeText(inner),
      isRequired && standard === '' ? 'required' : standard,
      inner.description ?? '',
    ];
    return [`| ${row.join(' | ')} |`, ...variantRows(inner, at)];
  });
  return own;
}

function variantRows(schema: JsonSchema, at: string): string[] {
  const variants = objects(schema.anyOf ?? schema.oneOf ?? []);
  const inVariants = variants.flatMap((variant) => {
    const kind = Object.entries(variant.properties ?? {}).find(
      ([, inner]) => typeof inner === 'object' && inner.const !== undefined,
    );
    if (kind === undefined) return rowsOf(variant, at);
    const [name, inner] = kind;
    const { const: value, description = '' } = inner as JsonSchema; // Found as an object just now.
    return [`| \`${at}.${name}: ${String(value)}\` | | | ${description} |`, ...rowsOf(variant, at)];
  });
  const items = typeof schema.items === 'object' && !Array.isArray(schema.items);
  return [
    ...inVariants,
    ...rowsOf(schema, at),
    ...(items ? rowsOf(schema.items as JsonSchema, `${at}[]`) : []),
  ];
}

function objects(schemas: readonly (JsonSchema | boolean)[]): JsonSchema[] {
  return schemas.filter((one) => typeof one === 'object');
}

function typeText(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.map((one) => `\`${String(one)}\``).join(', ');
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  const variants = objects(schema.anyOf ?? schema.oneOf ?? []);
  if (variants.length > 0) return [...new Set(variants.map(typeText))].join(' or ');
  if (schema.$ref !== undefined) return 'any JSON';
  if (schema.type === 'object') return 'mapping';
  if (schema.type === 'array') return 'list';
  return [schema.type ?? 'see above'].flat().join(' or ');
}
