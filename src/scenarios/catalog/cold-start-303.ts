import { defineScenario } from '../define-scenario.ts';

/**
 * A start that takes longer than Modal keeps a request waiting. The last wait is the innermost: it
 * goes on behind the redirect, and the result URL waits for what is left of it.
 */
export const coldStart303 = defineScenario({
  name: 'cold-start-303',
  summary:
    'The first answer takes 200 seconds, with a 303 after 150: the client follows it by GET, and waits on.',
  steps: [
    {
      name: 'cold',
      times: 1,
      latency: '150s',
      fault: ['early-303', { kind: 'latency', latency: '50s' }],
    },
  ],
});
