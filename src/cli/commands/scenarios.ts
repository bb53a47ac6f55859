import type { CommandSpec } from '../command.ts';

/** `modal-emulator scenarios`: what can go wrong, ready made. */
export const scenariosCommand: CommandSpec = {
  name: 'scenarios',
  summary: 'List the built-in scenarios, or explain one.',
  isDefault: false,
  operand: { placeholder: 'NAME|FILE', way: null },
  details: [
    'Explains a scenario step by step: for which requests, how often, and what happens to them. ' +
      'The explanation is a scenario file itself, so that a built-in one can be taken as a start.',
  ],
  settings: [],
  examples: [
    ['scenarios', 'The list, with the client behaviour that each one tests.'],
    ['scenarios slow', 'One of them, explained.'],
    ['scenarios slow > mine.yaml', 'The start of your own.'],
  ],
  // Loaded when it runs, as all that knows the faults.
  run: async ({ operands }, terminal) => {
    const { runScenarios } = await import('../scenario/run-scenarios.ts');
    return runScenarios(operands, terminal);
  },
};
