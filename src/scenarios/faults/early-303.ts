import { z } from 'zod';
import { createEarlyRedirect } from '../early-redirect.ts';
import { defineFault } from '../fault.ts';

/**
 * The redirect of the 150-second rule, at once, as it was reported under load. The call goes on
 * meanwhile, and the result URL answers what it came to.
 */
export const early303 = defineFault({
  kind: 'early-303',
  family: 'edge',
  summary: 'Answers 303 at once; the result URL waits for the answer and gives it to a GET.',
  options: z.strictObject({
    parameter: z
      .string()
      .regex(/^[A-Za-z0-9_.~-]{1,100}$/, 'must be a name for the query: letters, digits, ._~-')
      .default('__modal_attempt_token')
      .describe('The query parameter; on older workspaces __modal_function_call_id.'),
    location: z
      .enum(['path', 'absolute', 'query'])
      .default('path')
      .describe('How Location is written, which is not known for sure: /?a=b, http://..., ?a=b.'),
    redirects: z
      .int()
      .min(1)
      .max(1000)
      .default(1)
      .describe('How many 303 in a row before the answer; requests follows 30, browsers 20.'),
  }),
  example: { redirects: 1 },
  effect: createEarlyRedirect,
});
