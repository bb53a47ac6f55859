import { z } from 'zod';
import { joinWords, showValue } from '../../emulator/explain/show.ts';
import type { Fault } from '../../scenarios/fault.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** One option of a fault, for people. */
export interface OptionRow {
  readonly name: string;
  /** Whether it must be given, or what it is when it is not; empty when it may be left out. */
  readonly standard: string;
  readonly description: string;
}

/** The options of a fault, in the order in which it defines them. */
export function optionRows({ options }: Fault): readonly OptionRow[] {
  const schema = z.toJSONSchema(options, { io: 'input', unrepresentable: 'any' });
  const required = schema.required ?? [];
  return Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const inner: JsonSchema = typeof property === 'object' ? property : {};
    const hasDefault = inner.default !== undefined;
    const standard = hasDefault ? `default: ${JSON.stringify(inner.default)}` : '';
    const values = valuesOf(inner);
    return {
      name,
      standard: required.includes(name) && !hasDefault ? 'required' : standard,
      description: `${inner.description ?? ''}${values === '' ? '' : ` ${values}`}`.trim(),
    };
  });
}

/** The names that an option takes, where it takes nothing else. */
function valuesOf({ enum: values }: JsonSchema): string {
  return values === undefined ? '' : `One of ${joinWords(values.map(showValue))}.`;
}
