import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';

/** Three bytes before the JSON that some readers skip, and some refuse. */
export const bom = defineFault({
  kind: 'bom',
  family: 'answer',
  summary: 'Begins the answer with a byte order mark.',
  options: z.strictObject({}),
  example: {},
  effect: () => changeAnswer(({ json }) => ({ body: `\ufeff${json}` })),
});
