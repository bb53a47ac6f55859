import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { encodeText } from '../encode-text.ts';
import { defineFault } from '../fault.ts';
import { headerValueSchema } from '../header-options.ts';

/** The bytes are one thing, and what is said of them another. */
export const charset = defineFault({
  kind: 'charset',
  family: 'answer',
  summary: 'Writes the answer in another encoding, or says something untrue about it.',
  options: z.strictObject({
    encoding: z
      .enum(['utf-8', 'utf-16', 'latin-1'])
      .default('utf-8')
      .describe('What the bytes are; utf-16 has a byte order mark, latin-1 "?" for what it lacks.'),
    contentType: headerValueSchema
      .nullable()
      .default('text/html; charset=iso-8859-1')
      .describe('What Content-Type says; null for no such header.'),
  }),
  example: { encoding: 'latin-1', contentType: 'application/json; charset=utf-8' },
  effect: ({ encoding, contentType }) =>
    changeAnswer(({ json }) => ({ body: encodeText(json, encoding), contentType })),
});
