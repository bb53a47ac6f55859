import { defineScenario } from '../define-scenario.ts';

/** A budget of requests that is used up again and again. */
export const rateLimited = defineScenario({
  name: 'rate-limited',
  summary:
    'After every ten requests two get a 429, with Retry-After in seconds and as a date by turns: the client waits as long as it says.',
  steps: [
    {
      name: 'limit',
      sequence: [
        { times: 10 },
        { times: 2, fault: { kind: 'rate-limited', retryAfter: '2s' } },
        { times: 10 },
        { times: 2, fault: { kind: 'rate-limited', retryAfter: 'http-date', dateIn: '3s' } },
      ],
    },
  ],
});
