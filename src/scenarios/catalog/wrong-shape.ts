import { defineScenario } from '../define-scenario.ts';

/** Answers of another version of the function, or of another function. */
export const wrongShape = defineScenario({
  name: 'wrong-shape',
  summary:
    'Every second answer has its text under no key, another one or one in another case, or null, a number, a list or an object for it: the client says so, and takes none for a text.',
  steps: [
    {
      name: 'shape',
      every: 2,
      sequence: [
        { fault: 'missing-key' },
        { fault: { kind: 'missing-key', instead: 'generated_text' } },
        { fault: 'wrong-case-key' },
        { fault: 'null-answer' },
        { fault: 'number-answer' },
        { fault: 'list-answer' },
        { fault: 'object-answer' },
      ],
    },
  ],
});
