import { defineScenario } from '../define-scenario.ts';

/** The completion alone, which is right by the contract and wrong for LangChain's class. */
export const noEcho = defineScenario({
  name: 'no-echo',
  summary:
    'No answer repeats the prompt: a client does not need it to, and whoever uses the LangChain class learns that it does.',
  steps: [{ name: 'no-echo', fault: 'no-echo' }],
});
