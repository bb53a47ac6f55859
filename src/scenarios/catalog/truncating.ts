import { defineScenario } from '../define-scenario.ts';

/** Answers that end too early, with and without anything that says so. */
export const truncating = defineScenario({
  name: 'truncating',
  summary:
    'Every fourth answer ends inside its JSON, by turns against its Content-Length and in keeping with it: the client notices both, and uses neither.',
  steps: [
    {
      name: 'cut',
      sequence: [
        { times: 3 },
        { fault: { kind: 'truncate', insideJson: true } },
        { times: 3 },
        { fault: { kind: 'truncate', insideJson: true, contentLength: 'cut' } },
      ],
    },
  ],
});
