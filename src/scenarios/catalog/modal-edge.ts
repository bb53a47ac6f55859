import { defineScenario } from '../define-scenario.ts';

/** Modal's front by itself: all that was reported or documented, and nothing that is a guess. */
export const modalEdge = defineScenario({
  name: 'modal-edge',
  summary:
    "Every second request gets one of the answers of Modal's front, all in turn: the client asks again after those that pass, and not after those that stay.",
  steps: [
    {
      name: 'edge',
      every: 2,
      sequence: [
        { fault: 'input-lost' },
        { fault: { kind: 'modal-edge', failure: 'queue-full' } },
        { fault: { kind: 'modal-edge', failure: 'function-timeout' } },
        { fault: { kind: 'modal-edge', failure: 'function-killed' } },
        { fault: { kind: 'modal-edge', failure: 'function-failed' } },
        { fault: { kind: 'modal-edge', failure: 'platform-failure' } },
        { fault: { kind: 'modal-edge', failure: 'lost-track' } },
        { fault: { kind: 'modal-edge', failure: 'spend-limit' } },
        { fault: { kind: 'modal-edge', failure: 'proxy-auth-missing' } },
        { fault: { kind: 'modal-edge', failure: 'proxy-auth-invalid' } },
        { fault: { kind: 'modal-edge', failure: 'not-deployed' } },
        { fault: { kind: 'modal-edge', failure: 'stopped' } },
        { fault: { kind: 'modal-edge', failure: 'workspace-disabled' } },
      ],
    },
  ],
});
