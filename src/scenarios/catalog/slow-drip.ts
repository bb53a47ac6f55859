import { defineScenario } from '../define-scenario.ts';

/** Always something, never much: no pause is long enough for a time-out of reading. */
export const slowDrip = defineScenario({
  name: 'slow-drip',
  summary:
    'Every answer comes four bytes at a time, every two seconds: the client has a limit for the whole, not only for a pause.',
  steps: [{ name: 'drip', fault: { kind: 'dribble', chunkBytes: 4, interval: '2s' } }],
});
