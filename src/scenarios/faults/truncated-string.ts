import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeMembers } from '../plain-answer.ts';
import { isInsidePair } from '../split-text.ts';

/**
 * A model that ran out of tokens inside its JSON: the body is over in the middle of the text. As
 * HTTP the answer is whole; the faults of the wire cut it there.
 */
export const truncatedString = defineFault({
  kind: 'truncated-string',
  family: 'answer',
  summary: 'Ends the answer inside the string of its text; Content-Length agrees.',
  options: z.strictObject({
    fraction: z.number().min(0).max(1).default(0.5).describe('How much of the text is written.'),
  }),
  example: { fraction: 0.5 },
  effect: ({ fraction }) =>
    changeAnswer(({ key, text, members }) => {
      const quoted = JSON.stringify(text);
      const at = 1 + Math.floor((quoted.length - 2) * fraction);
      const part = quoted.slice(0, isInsidePair(quoted, at) ? at - 1 : at);
      if (key === null) return { body: part };
      const index = members.findIndex(([name]) => name === key);
      return { body: writeMembers([...members.slice(0, index), [key, part]]).slice(0, -1) };
    }),
});
