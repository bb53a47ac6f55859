import { z } from 'zod';
import { changeAnswer } from '../change-answer.ts';
import { defineFault } from '../fault.ts';
import { writeMembers } from '../plain-answer.ts';

/** JSON as JavaScript would take it. */
export const trailingComma = defineFault({
  kind: 'trailing-comma',
  family: 'answer',
  summary: 'Writes a comma behind the last member of the answer.',
  options: z.strictObject({}),
  example: {},
  effect: () =>
    changeAnswer(({ key, json, members }) => ({
      body: key === null ? `${json},` : `${writeMembers(members).slice(0, -1)},}`,
    })),
});
