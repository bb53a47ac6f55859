import { defineScenario } from '../define-scenario.ts';

/** Nothing works for a while, and one does not see why. */
export const outageAndRecovery = defineScenario({
  name: 'outage-and-recovery',
  summary:
    'Requests 11 to 30 fail, first by a reset and then by a 502; the ten after them are slow: the client pauses instead of asking without end, and notices the recovery.',
  steps: [
    { name: 'down', window: { from: 11, to: 20 }, fault: 'reset' },
    {
      name: 'gateway',
      window: { from: 21, to: 30 },
      fault: { kind: 'gateway', persona: 'html-502' },
    },
    {
      name: 'recovering',
      window: { from: 31, to: 40 },
      latency: { from: '5s', to: '200ms', overRequests: 9 },
    },
  ],
});
