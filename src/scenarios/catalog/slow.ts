import { defineScenario } from '../define-scenario.ts';

/** Every answer takes as long as those of a busy model. */
export const slow = defineScenario({
  name: 'slow',
  summary: 'Answers with a long tail: the client waits long enough, and does not ask twice.',
  steps: [{ latency: { p50: '800ms', p95: '2.5s', p99: '9s', p100: '30s' } }],
});
