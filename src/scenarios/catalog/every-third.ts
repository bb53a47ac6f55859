import { defineScenario } from '../define-scenario.ts';

/** The same share of failures, whoever asks. */
export const everyThird = defineScenario({
  name: 'every-third',
  summary:
    'Every third request gets a 500: the client lets one that fails not spoil the others of its batch, and asks once more.',
  steps: [{ name: 'third', every: 3, fault: 'crash' }],
});
