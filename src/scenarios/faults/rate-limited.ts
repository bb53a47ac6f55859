import { z } from 'zod';
import { durationSchema } from '../duration.ts';
import { edgeReply, findEdgeAnswer } from '../edge-answers.ts';
import { defineFault } from '../fault.ts';
import { ABSURD_RETRY_AFTER, retryAfterHeaders, wholeSeconds } from '../retry-after.ts';

/** Too many requests, in the words of Modal's front or of a function that counts by itself. */
export const rateLimited = defineFault({
  kind: 'rate-limited',
  family: 'edge',
  summary: 'Answers 429, with any Retry-After or none.',
  options: z.strictObject({
    retryAfter: z
      .union([z.enum(['absent', 'http-date', 'absurd']), wholeSeconds])
      .default('absent')
      .describe(
        'Whole seconds ("2s"), "http-date", or "absurd": one drawn of ' +
          `${ABSURD_RETRY_AFTER.map((value) => JSON.stringify(value)).join(', ')}.`,
      ),
    dateIn: durationSchema.default(2000).describe('How far off the date of "http-date" is.'),
    by: z
      .enum(['edge', 'function'])
      .default('edge')
      .describe('Who answers: "modal-http: ..." (a guess), or {"detail":"Too Many Requests"}.'),
  }),
  example: { retryAfter: '2s' },
  effect: (options) => async (exchange) => {
    const headers = retryAfterHeaders(options, exchange);
    if (options.by === 'edge') {
      exchange.note?.('the text of the 429 is a guess');
      return { kind: 'reply', reply: edgeReply(findEdgeAnswer('rate-limit'), { headers }) };
    }
    const body = '{"detail":"Too Many Requests"}';
    const json = ['content-type', 'application/json'] as const;
    return { kind: 'reply', reply: { status: 429, headers: [...headers, json], body } };
  },
});
