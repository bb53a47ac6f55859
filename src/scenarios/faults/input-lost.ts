import { z } from 'zod';
import { defineFault } from '../fault.ts';

/** The container has a call, but its request did not come within five seconds. */
export const inputLost = defineFault({
  kind: 'input-lost',
  family: 'edge',
  summary: 'Answers 408 for a request that got lost on its way into the container.',
  options: z.strictObject({
    status: z
      .literal([408, 502])
      .default(408)
      .describe('408, or 502 as before August 2025 (client 1.1.4).'),
  }),
  example: { status: 408 },
  effect:
    ({ status }) =>
    async () => ({
      kind: 'reply',
      // The container itself writes it: no prefix, no line break, no header at all.
      reply: {
        status,
        headers: [],
        body: 'Missing request, possibly due to expiry or cancellation',
      },
    }),
});
