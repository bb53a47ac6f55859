import { defineScenario } from '../define-scenario.ts';

/** A bad day, on which most things work. */
export const flaky = defineScenario({
  name: 'flaky',
  summary:
    'Of the requests, 2 % are reset, 3 % get a 500 and 1 % a page of a proxy; 5 % are slow: the client asks again, a few times and not at once.',
  steps: [
    { name: 'slow', toxicity: 0.05, latency: { min: '2s', max: '8s' } },
    { name: 'reset', toxicity: 0.02, fault: 'reset' },
    { name: 'gateway', toxicity: 0.01, fault: { kind: 'gateway', persona: 'html-502' } },
    { name: 'crash', toxicity: 0.03, fault: 'crash' },
  ],
});
