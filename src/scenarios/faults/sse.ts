import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';
import { splitText } from '../split-text.ts';

/** Events for a client that asked for none. */
export const sse = defineFault({
  kind: 'sse',
  family: 'answer',
  summary: 'Answers the text in pieces, as server-sent events.',
  options: z.strictObject({
    events: z.int().min(1).max(1000).default(3).describe('How many pieces.'),
    done: z.boolean().default(true).describe('Whether "data: [DONE]" ends them.'),
  }),
  example: { events: 3 },
  effect: ({ events, done }) =>
    changeAnswer((answer) => {
      const data = splitText(answer.text, events).map((piece) => writeText(answer, piece));
      if (done) data.push('[DONE]');
      return {
        body: data.map((one) => `data: ${one}\n\n`).join(''),
        contentType: 'text/event-stream; charset=utf-8',
      };
    }),
});
