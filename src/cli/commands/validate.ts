import type { CommandSpec } from '../command.ts';

/** `modal-emulator validate FILE...`: scenario files, checked without a server. */
export const validateCommand: CommandSpec = {
  name: 'validate',
  summary: 'Check scenario files.',
  isDefault: false,
  operand: {
    placeholder: 'FILE',
    way: 'Name a scenario file, as bad-monday.yaml.',
    isRepeatable: true,
  },
  details: [
    'Tells every mistake with file, line and column. It ends with 0 when all files can be served, ' +
      'and with 2 when one cannot, as serve would.',
  ],
  settings: [],
  examples: [['validate scenarios/*.yaml', 'All files of a folder.']],
  run: async ({ operands }, terminal) => {
    const { runValidate } = await import('../scenario/run-validate.ts');
    return runValidate(operands, terminal);
  },
};
