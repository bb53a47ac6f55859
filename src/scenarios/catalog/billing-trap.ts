import { defineScenario } from '../define-scenario.ts';

/** Whoever asks again pays again: a retry looks the same as one after a request that never ran. */
export const billingTrap = defineScenario({
  name: 'billing-trap',
  summary:
    'Every fourth answer is made, charged and lost, by a reset and by a close in turn: the client asks again with the same Idempotency-Key, or pays twice.',
  steps: [
    {
      name: 'lost',
      every: 4,
      sequence: [
        { fault: { kind: 'reply-lost', ending: 'reset' } },
        { fault: { kind: 'reply-lost', ending: 'close' } },
      ],
    },
  ],
});
