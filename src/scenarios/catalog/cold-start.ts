import { defineScenario } from '../define-scenario.ts';

/** Nobody was there: a container has to start, and the model with it. */
export const coldStart = defineScenario({
  name: 'cold-start',
  summary:
    'The first answer takes 20 to 60 seconds, all others come at once: the client waits for it.',
  steps: [{ name: 'cold', times: 1, latency: { min: '20s', max: '60s' } }],
});
