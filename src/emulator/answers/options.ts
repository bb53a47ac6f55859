import { z } from 'zod';
import { scriptSchema } from './script-schema.ts';

const answerObjectSchema = z.discriminatedUnion(
  'source',
  [
    z.strictObject({ source: z.literal('hello') }),
    z.strictObject({
      source: z.literal('echo'),
      completion: z
        .string()
        .default(' This is a completion by modal-emulator.')
        .describe('What follows the prompt.'),
    }),
    z.strictObject({
      source: z.literal('faker'),
      words: z.int().min(1).max(10_000).default(40).describe('How many words the text has.'),
      echo: z
        .boolean()
        .default(true)
        .describe("Begin with the prompt, as LangChain's class needs."),
    }),
    z.strictObject({ source: z.literal('script'), script: scriptSchema }),
  ],
  {
    error: ({ code }) =>
      code === 'invalid_union'
        ? 'must be hello, echo, faker or script'
        : 'must be hello, echo or faker, or an object with a "source" and its options; ' +
          'a script is written { source: script, script: { answers: [...] } }',
  },
);

/** The sources that need no options. */
const BARE_NAMES = ['hello', 'echo', 'faker'] as const;

/**
 * Which source answers, and how; a bare name is the source with its defaults. The name is expanded
 * before the check, because a union's error would hide the place of a mistake inside the object.
 */
export const answerSchema = z
  .transform((input: (typeof BARE_NAMES)[number] | z.input<typeof answerObjectSchema>) =>
    BARE_NAMES.some((name) => name === input) ? { source: input } : input,
  )
  .pipe(answerObjectSchema);

/** The validated choice of an answer source. */
export type AnswerOptions = z.output<typeof answerSchema>;

/** The choice as it is written. */
export type AnswerInput = z.input<typeof answerSchema>;
