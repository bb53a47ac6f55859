import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { latencySchema } from '../latency/schema.ts';
import { isStreamed } from '../outcome.ts';
import { durationInTokens, paced } from '../wire-edits/paced.ts';

/** The rhythm of a model that writes. */
export const pace = defineFault({
  kind: 'pace',
  family: 'time',
  summary:
    'Streams tokens at a pace; a reply that is not streamed comes whole when its stream would end.',
  options: z.strictObject({
    timeToFirstToken: latencySchema
      .prefault(0)
      .describe('How long the first token takes: a duration, or the options of a distribution.'),
    tokensPerSecond: z
      .number()
      .min(0.001)
      .max(1_000_000)
      .describe('How many words, or events, come in a second after the first.'),
    jitter: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .describe('How uneven the intervals are: 0.2 makes each up to 20 % shorter or longer.'),
  }),
  example: { timeToFirstToken: '400ms', tokensPerSecond: 40, jitter: 0.2 },
  effect: (options) => async (exchange, next) => {
    const { clock, random, point, signal } = exchange;
    const draws = random.fork('jitter');
    const rhythm = {
      firstMs: options.timeToFirstToken(random, point),
      intervalMs: () =>
        (1000 / options.tokensPerSecond) * (1 + options.jitter * (2 * draws.next() - 1)),
      clock,
      signal,
    };
    const outcome = await next();
    if (outcome.kind !== 'reply') {
      exchange.note?.('left as it was: what comes is no reply any more');
      return outcome;
    }
    const { reply } = outcome;
    if (isStreamed(reply.body)) return { kind: 'reply', reply: paced(reply, reply.body, rhythm) };
    await clock.sleep(durationInTokens(reply, rhythm), signal);
    return outcome;
  },
});
