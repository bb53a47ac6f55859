import { z } from 'zod';
import { scenarioSchema } from '../../scenarios/scenario.ts';

/** The form of a scenario file as a JSON Schema, indented. */
export function formatScenarioSchema(): string {
  const { $schema, ...schema } = z.toJSONSchema(scenarioSchema, {
    io: 'input',
    unrepresentable: 'any',
    // Durations and texts stand in many places: written once, the schema has a fifth of the size.
    reused: 'ref',
    // Not every reader knows Unicode's classes; the names are checked when the file is read.
    override({ jsonSchema }) {
      if (jsonSchema.pattern?.includes('\\p{') === true) delete jsonSchema.pattern;
    },
  });
  const titled = {
    $schema,
    title: 'A scenario of modal-emulator',
    description: 'What goes wrong, for whom and how often.',
    ...schema,
  };
  return `${JSON.stringify(titled, null, 2)}\n`;
}
