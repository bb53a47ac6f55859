import { configSchema } from '../config/schema.ts';
import type { Setting } from './setting.ts';
import { getAt, setAt } from './tree.ts';

/** The value that a setting has when nobody says anything, as the schema has it. */
export function defaultOf(setting: Setting): unknown {
  const { path, variant } = setting;
  if (path === null) return undefined;
  const input = variant === undefined ? {} : setAt({}, variant.path, variant.value);
  const result = configSchema.safeParse(input);
  return result.success ? getAt(result.data, path) : undefined;
}

/** The variant of a discriminated part when nobody says anything: `hello`, `answer`. */
export function defaultVariant(path: readonly string[]): string {
  return String(getAt(configSchema.parse({}), path));
}
