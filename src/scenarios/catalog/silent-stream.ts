import { defineScenario } from '../define-scenario.ts';

/** Answers that begin well, and then nothing more is heard. */
export const silentStream = defineScenario({
  name: 'silent-stream',
  summary:
    'Every third answer falls silent after 12 tokens at most, by turns for 20 seconds and for ever: the client gives up on silence, not on length.',
  steps: [
    {
      name: 'silence',
      sequence: [
        { times: 2 },
        { fault: { kind: 'stall', afterTokens: 12, resumeAfter: '20s' } },
        { times: 2 },
        { fault: { kind: 'stall', afterTokens: 12 } },
      ],
    },
  ],
});
