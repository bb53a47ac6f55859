import { defineScenario } from '../define-scenario.ts';

/** Nothing goes wrong. */
export const healthy = defineScenario({
  name: 'healthy',
  summary: 'Nothing goes wrong: the client must not fail, retry or wait.',
  steps: [],
});
