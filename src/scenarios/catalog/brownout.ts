import { defineScenario } from '../define-scenario.ts';

/** Too much work: slower and slower first, then errors, and then it is over. */
export const brownout = defineScenario({
  name: 'brownout',
  summary:
    'Requests 21 to 80 take longer and longer, from 41 on 20 % and from 61 on 50 % get a 503; from 101 on all is well: the client slows down, and comes back.',
  steps: [
    {
      name: 'slower',
      window: { from: 21, to: 80 },
      latency: { from: '100ms', to: '6s', overRequests: 59 },
    },
    {
      name: 'recovering',
      window: { from: 81, to: 100 },
      latency: { from: '6s', to: '100ms', overRequests: 19 },
    },
    {
      name: 'some-fail',
      window: { from: 41, to: 60 },
      toxicity: 0.2,
      fault: { kind: 'gateway', persona: 'empty-503' },
    },
    {
      name: 'many-fail',
      window: { from: 61, to: 80 },
      toxicity: 0.5,
      fault: { kind: 'gateway', persona: 'empty-503' },
    },
  ],
});
