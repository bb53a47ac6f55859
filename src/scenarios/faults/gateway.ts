import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { GATEWAY_PERSONAS } from '../gateway-personas.ts';

const names = Object.keys(GATEWAY_PERSONAS) as [keyof typeof GATEWAY_PERSONAS];

/** Something between the client and Modal answers: a company's proxy, a CDN, a load balancer. */
export const gateway = defineFault({
  kind: 'gateway',
  family: 'edge',
  summary: 'Answers in place of everything else, as a proxy on the way does.',
  options: z.strictObject({
    persona: z
      .enum(names)
      .default('html-502')
      .describe('What the proxy is like: a page of HTML, JSON of its own, or no body at all.'),
  }),
  example: { persona: 'html-502' },
  effect:
    ({ persona }) =>
    async () => ({ kind: 'reply', reply: GATEWAY_PERSONAS[persona] }),
});
