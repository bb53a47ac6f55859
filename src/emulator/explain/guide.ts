import type { z } from 'zod';

type Schema = z.core.$ZodType;
type ObjectShape = Readonly<Record<string, Schema>>;

/**
 * The keys that may stand in the mapping at a path, for "did you mean". Where a union offers
 * variants, those that the input's own discriminator excludes do not count.
 */
export function keysAt(schema: Schema, path: readonly PropertyKey[], input: unknown) {
  let schemas = expand(schema);
  let value = input;
  for (const key of path) {
    const from = value;
    schemas = schemas.flatMap((one) => childrenOf(one, key, from)).flatMap((one) => expand(one));
    value = childValue(value, key);
  }
  const shapes = schemas.map(shapeOf).filter((shape) => shape !== null);
  const fitting = shapes.filter((shape) => !contradicts(shape, value));
  return [...new Set(fitting.flatMap((shape) => Object.keys(shape)))];
}

/** The value at a path, or undefined where the path leads nowhere. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(childValue, input);
}

function childValue(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  // Sound: the key was just found to be the object's own.
  return (value as Record<PropertyKey, unknown>)[key];
}

/** A schema and every schema that it only wraps, offers as a variant or hands its input on to. */
function expand(schema: Schema): readonly Schema[] {
  // Sound: zod's classes all derive from this union; its own packages tell them apart this way.
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case 'union':
      return def.options.flatMap(expand);
    case 'pipe':
      return [...expand(def.in), ...expand(def.out)];
    case 'lazy':
      return expand(def.getter());
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
    case 'nonoptional':
      return expand(def.innerType);
    default:
      return [schema];
  }
}

function childrenOf(schema: Schema, key: PropertyKey, value: unknown): readonly Schema[] {
  // Sound: as in `expand`.
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === 'array') return [def.element];
  if (def.type === 'record') return [def.valueType];
  const shape = shapeOf(schema);
  if (shape === null || contradicts(shape, value)) return [];
  const child = Object.hasOwn(shape, key) ? shape[String(key)] : undefined;
  return child === undefined ? [] : [child];
}

function shapeOf(schema: Schema): ObjectShape | null {
  // Sound: as in `expand`.
  const { def } = (schema as z.core.$ZodTypes)._zod;
  return def.type === 'object' ? def.shape : null;
}

/** True for a variant whose literal (`kind`, `source`) is not what the input says. */
function contradicts(shape: ObjectShape, value: unknown): boolean {
  return Object.entries(shape).some(([key, schema]) => {
    // Sound: as in `expand`.
    const { def } = (schema as z.core.$ZodTypes)._zod;
    const stated = childValue(value, key);
    return def.type === 'literal' && stated !== undefined && !isOneOf(stated, def.values);
  });
}

function isOneOf(value: unknown, options: readonly unknown[]): boolean {
  return options.includes(value);
}
