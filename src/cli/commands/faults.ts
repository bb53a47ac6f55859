import type { CommandSpec } from '../command.ts';

/** `modal-emulator faults`: what a step of a scenario can do. */
export const faultsCommand: CommandSpec = {
  name: 'faults',
  summary: 'List the faults that a scenario can name, or explain one.',
  isDefault: false,
  operand: { placeholder: 'KIND', way: null },
  settings: [],
  examples: [
    ['faults', 'All of them, by family.'],
    ['faults stall', 'The options of one, and an example.'],
  ],
  run: async ({ operands }, terminal) => {
    const { runFaults } = await import('../scenario/run-faults.ts');
    return runFaults(operands, terminal);
  },
};
