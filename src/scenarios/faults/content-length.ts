import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { unstreamed } from '../wire-edits/collect.ts';
import { editOutcome } from '../wire-edits/edit-outcome.ts';
import { announceMore, editHead } from '../wire-edits/head.ts';

/** The size that is announced is not the size that comes. */
export const contentLength = defineFault({
  kind: 'content-length',
  family: 'wire',
  summary:
    'Announces more or fewer bytes than come; a stream is collected first, 1 MiB of it at most.',
  options: z.strictObject({
    by: z
      .int()
      .min(-1_000_000_000)
      .max(1_000_000_000)
      .refine((bytes) => bytes !== 0, 'must not be 0, which is the true length')
      .describe('How many bytes more than come are announced; fewer when negative.'),
  }),
  example: { by: 5 },
  effect: ({ by }) => {
    const falsify = editOutcome({
      isWhole: false,
      edit: ({ parts }) => ({ parts: editHead(parts, announceMore(by)) }),
    });
    return (exchange, next) =>
      falsify(exchange, async () => {
        const outcome = await next();
        if (outcome.kind !== 'reply' || exchange.method === 'HEAD') return outcome;
        return { kind: 'reply', reply: await unstreamed(outcome.reply) };
      });
  },
});
