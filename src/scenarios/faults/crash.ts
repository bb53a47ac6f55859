import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { replaceAnswer } from '../replace-answer.ts';

/** An exception that nobody handles: Starlette's bare text, past the CORS middleware. */
export const crash = defineFault({
  kind: 'crash',
  family: 'function',
  summary: 'Answers 500 and a bare text, as for an exception that nobody handles.',
  options: z.strictObject({}),
  example: {},
  effect: () =>
    replaceAnswer(() => ({
      status: 500,
      headers: [['content-type', 'text/plain; charset=utf-8']],
      body: 'Internal Server Error',
    })),
});
