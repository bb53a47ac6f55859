import { defineScenario } from '../define-scenario.ts';

/** A 303 long before 150 seconds are over, as was reported of bursts. */
export const early303 = defineScenario({
  name: 'early-303',
  summary:
    'A quarter of the requests get a 303 at once: the client follows it by GET, and does not ask anew.',
  // As many as in the report of a burst, 6 to 7 of 24.
  steps: [{ name: 'redirect', toxicity: 0.25, fault: 'early-303' }],
});
