import { defineScenario } from '../define-scenario.ts';

/** What helps is to ask a third time. */
export const failTwice = defineScenario({
  name: 'fail-twice',
  summary:
    'The first two attempts of every request get a 500, the third one its answer: the client asks three times, and with the same words.',
  steps: [{ name: 'attempts', when: { attempt: { to: 2 } }, fault: 'crash' }],
});
