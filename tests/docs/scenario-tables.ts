import { z } from 'zod';
import { CATALOG } from '../../src/scenarios/catalog.ts';
import { scenarioSchema } from '../../src/scenarios/scenario.ts';

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** The built-in scenarios with what they test. */
export function catalogTable(): string {
  const rows = CATALOG.map(({ name, summary }) => `| \`${name}\` | ${summary} |`);
  return ['| scenario | |', '| --- | --- |', ...rows].join('\n');
}

/** What a scenario can say, and what each of its steps can. */
export function scenarioKeys(): { readonly scenario: string; readonly step: string } {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input', unrepresentable: 'any' });
  const { steps } = schema.properties ?? {};
  // Sound: the schema says that steps are a list of one kind.
  const { items } = steps as { readonly items: JsonSchema };
  return { scenario: keysOf(schema), step: keysOf(items) };
}

function keysOf({ properties = {}, required = [] }: JsonSchema): string {
  const rows = Object.entries(properties).map(([name, inner]) => {
    const { description = '' } = typeof inner === 'object' ? inner : {};
    const shown = description === '' ? ABOUT[name] : description;
    if (shown === undefined) throw new Error(`nothing is said of the key "${name}"`);
    return `| \`${name}\`${required.includes(name) ? ' (required)' : ''} | ${shown} |`;
  });
  return ['| key | |', '| --- | --- |', ...rows].join('\n');
}

/** What the schema leaves to the page. */
const ABOUT: Readonly<Record<string, string>> = {
  name: 'How it is called in the banner, the journal and its token.',
  steps: 'What goes wrong; the first step is the outermost.',
};
