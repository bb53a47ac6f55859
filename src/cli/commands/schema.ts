import type { CommandSpec } from '../command.ts';
import { EXIT_OK } from '../exit-codes.ts';

/** `modal-emulator schema`: the form of a scenario file, for editors. */
export const schemaCommand: CommandSpec = {
  name: 'schema',
  summary: 'Print the JSON Schema of scenario files, for editors.',
  isDefault: false,
  details: [
    'An editor that knows it completes the keys and tells mistakes while you write. The first ' +
      'line of a YAML file names it: # yaml-language-server: $schema=scenario.schema.json',
  ],
  settings: [],
  examples: [['schema > scenario.schema.json', 'Beside the scenario files.']],
  run: async (_sources, { stdout }) => {
    const { formatScenarioSchema } = await import('../scenario/scenario-json-schema.ts');
    stdout.write(formatScenarioSchema());
    return EXIT_OK;
  },
};
