import { defineScenario } from '../define-scenario.ts';

/** Somebody on the way answers, for people. */
export const htmlGateway = defineScenario({
  name: 'html-gateway',
  summary:
    'Every fourth request gets a page of HTML, 502 and 504 by turns: the client looks at the status before it reads JSON, and asks again.',
  steps: [
    {
      name: 'gateway',
      every: 4,
      sequence: [
        { fault: { kind: 'gateway', persona: 'html-502' } },
        { fault: { kind: 'gateway', persona: 'html-504' } },
      ],
    },
  ],
});
