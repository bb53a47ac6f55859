import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { isStreamed, type Reply } from '../outcome.ts';

/**
 * The function has run, and its bill with it; only then does the answer get lost. A client that
 * asks again pays again, unless the endpoint knows the request by an Idempotency-Key.
 */
export const replyLost = defineFault({
  kind: 'reply-lost',
  family: 'money',
  summary: 'Has the function answer, and be paid for it; the answer never arrives.',
  options: z.strictObject({
    ending: z
      .enum(['reset', 'close', 'hang'])
      .default('reset')
      .describe('What the client sees instead: a reset or a closed connection, or silence.'),
  }),
  example: { ending: 'close' },
  effect:
    ({ ending }) =>
    async ({ note }, next) => {
      const outcome = await next();
      if (outcome.kind === 'abandoned') return outcome;
      const { reply } = outcome;
      note?.(await describeLost(reply));
      return { kind: 'wire', reply, wire: { steps: [], end: ending } };
    },
});

async function describeLost(reply: Reply | null): Promise<string> {
  if (reply === null) return 'lost what another fault has sent in place of an answer';
  // A function that streams has run when its stream is through.
  if (isStreamed(reply.body)) for await (const _text of reply.body);
  return `lost an answer of status ${reply.status}`;
}
