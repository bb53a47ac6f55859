import { z } from 'zod';
import { EDGE_ANSWERS, edgeReply, findEdgeAnswer } from '../edge-answers.ts';
import { defineFault } from '../fault.ts';

const names = EDGE_ANSWERS.map(({ name }) => name);
const guesses = EDGE_ANSWERS.filter(({ evidence }) => evidence === 'guess');

/** What Modal's HTTP front answers by itself, known by its text. */
export const modalEdge = defineFault({
  kind: 'modal-edge',
  family: 'edge',
  summary: "Answers in place of the function, as Modal's HTTP front does: modal-http: ...",
  options: z
    .strictObject({
      failure: z
        .enum(names)
        .describe(`Which answer. Guesses: ${guesses.map(({ name }) => name).join(', ')}.`),
      detail: z
        .string()
        .max(1000)
        .optional()
        .describe('What stands where the text varies: a workspace, a header, an exception.'),
    })
    .refine(
      ({ failure, detail }) => detail === undefined || findEdgeAnswer(failure).detail !== null,
      { path: ['detail'], message: 'is for texts that vary, and this one does not' },
    ),
  example: { failure: 'function-killed' },
  effect: ({ failure, detail }) => {
    const answer = findEdgeAnswer(failure);
    const reply = edgeReply(answer, { detail });
    return async (exchange, next) => {
      if (answer.hasRun) await next();
      exchange.note?.(`the text of "${failure}": ${answer.evidence}`);
      return { kind: 'reply', reply };
    };
  },
});
