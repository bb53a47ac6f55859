import { z } from 'zod';
import { placeOption } from '../answer-place.ts';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeText } from '../plain-answer.ts';

const fence = (text: string) => `\`\`\`json\n${text}\n\`\`\``;

/** JSON as models write it for people. */
export const fencedJson = defineFault({
  kind: 'fenced-json',
  family: 'answer',
  summary: 'Puts the answer, or its text, between the fences of Markdown.',
  options: z.strictObject({ at: placeOption('answer') }),
  example: { at: 'answer' },
  effect: ({ at }) =>
    changeAnswer((answer) => ({
      body: at === 'value' ? writeText(answer, fence(answer.text)) : fence(answer.json),
    })),
});
