import { z } from 'zod';
import { defineFault } from '../fault.ts';
import { headersOption } from '../header-options.ts';
import type { HeaderList } from '../outcome.ts';
import { REASON_PHRASES } from '../reason-phrases.ts';
import { corsHeaders, replaceAnswer } from '../replace-answer.ts';

/** An error that the function answers on purpose: `raise HTTPException(...)`. */
export const httpException = defineFault({
  kind: 'http-exception',
  family: 'function',
  summary: 'Answers a status with {"detail": ...}, as for an HTTPException that is raised.',
  options: z.strictObject({
    status: z.int().min(400).max(599).default(500).describe('The status.'),
    detail: z
      .json()
      .optional()
      .describe("Any JSON; without it, or null, the status's phrase, as Starlette has it."),
    headers: headersOption.default({}).describe('Headers beside those that it has anyway.'),
  }),
  example: { status: 503, detail: 'The model is loading.', headers: { 'Retry-After': '5' } },
  effect: ({ status, detail, headers }) => {
    const given: HeaderList = Object.entries(headers);
    const isTyped = given.some(([name]) => name.toLowerCase() === 'content-type');
    const typed: HeaderList = isTyped ? given : [...given, ['content-type', 'application/json']];
    // Python's 1.0 comes out as 1, which is all that its JSON writer does otherwise.
    const body = JSON.stringify({ detail: detail ?? REASON_PHRASES[status] ?? 'Unknown' });
    return replaceAnswer((_exchange, replaced) => ({
      status,
      headers: [...typed, ...corsHeaders(replaced)],
      body,
    }));
  },
});
