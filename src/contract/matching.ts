import { z } from 'zod';
import type { JsonValue } from './annotation.ts';

/** JSON of which parts may differ: what one side needs of the other's, as plain data. */
export type Template =
  /** This value, and no other. */
  | { readonly kind: 'exactly'; readonly value: JsonValue }
  /** A value of this one's type. */
  | { readonly kind: 'type'; readonly example: JsonValue }
  /** A string or a number, not empty. */
  | { readonly kind: 'scalar'; readonly example: string | number }
  /** A string with this text in it. */
  | { readonly kind: 'includes'; readonly text: string; readonly example: string }
  /** One item or more, each like this one. */
  | { readonly kind: 'each'; readonly item: Template }
  /** An object with these keys; in an answer there may be more of them. */
  | { readonly kind: 'object'; readonly keys: Readonly<Record<string, Template>> }
  /** An object whose keys may be other ones; those that are there are like these. */
  | { readonly kind: 'any-keys'; readonly keys: Readonly<Record<string, Template>> };

/**
 * What a schema says of an example of it, as a template. It is for the answers of the contract:
 * where a schema has no counterpart in a template, the type of the example is what counts.
 */
export function templateOf(schema: z.core.$ZodType, example: unknown): Template {
  if (schema instanceof z.ZodObject) {
    const values = z.record(z.string(), z.unknown()).parse(example);
    const keys = Object.entries<z.core.$ZodType>(schema.shape).map(
      ([key, inner]): [string, Template] => [key, templateOf(inner, values[key])],
    );
    return { kind: 'object', keys: Object.fromEntries(keys) };
  }
  if (schema instanceof z.ZodArray) {
    return {
      kind: 'each',
      item: templateOf(schema.element, z.array(z.unknown()).parse(example)[0]),
    };
  }
  const isScalar = typeof example === 'string' || typeof example === 'number';
  if (schema instanceof z.ZodUnion && isScalar) return { kind: 'scalar', example };
  return { kind: 'type', example: z.json().parse(example) };
}
