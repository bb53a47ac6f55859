import { z } from 'zod';

/**
 * Longest text to look for inside a prompt. Engines search for a short text in linear time; a long
 * repetitive one makes them quadratic, and one prompt of some megabytes could stop the server.
 */
const CONTAINS_MAX_CHARS = 250;

/** YAML reads these as something else than a text. */
const QUOTE_HINT = 'in YAML, put quotes around numbers, true, false and null';

const textSchema = z.string({
  error: ({ input }) =>
    input === undefined ? 'is missing; it must be a text' : `must be a text; ${QUOTE_HINT}`,
});

const partSchema = textSchema.min(1, 'must not be empty: that would match every prompt');

const containsSchema = z
  .transform((input: string | readonly string[]) => (Array.isArray(input) ? input : [input]))
  .pipe(
    z
      .array(
        partSchema.max(
          CONTAINS_MAX_CHARS,
          `must have at most ${CONTAINS_MAX_CHARS} characters; ` +
            'equals, startsWith and endsWith take longer texts',
        ),
      )
      .min(1, 'must name at least one text')
      .max(20, 'must name at most 20 texts'),
  );

const CONDITIONS = ['equals', 'startsWith', 'contains', 'endsWith'] as const;

const conditionSchema = z
  .strictObject(
    {
      equals: textSchema.optional().describe('The whole prompt.'),
      startsWith: partSchema.optional().describe('How the prompt begins.'),
      contains: containsSchema
        .optional()
        .describe('A text, or several, that the prompt has somewhere, in any order.'),
      endsWith: partSchema.optional().describe('How the prompt ends.'),
      ignoreCase: z.boolean().default(false).describe('Whether "NFL" is also "nfl".'),
    },
    {
      error: ({ code, keys }) =>
        code === 'unrecognized_keys'
          ? `has an unknown key: ${String(keys)}; use ${CONDITIONS.join(', ')} or ignoreCase ` +
            '(there are no regular expressions)'
          : `must be the whole prompt as a text, or an object with ${CONDITIONS.join(', ')}`,
    },
  )
  .refine(
    (condition) => CONDITIONS.some((name) => condition[name] !== undefined),
    `must have at least one of ${CONDITIONS.join(', ')}`,
  );

const whenSchema = z
  .transform((input: string | z.input<typeof conditionSchema>) =>
    typeof input === 'string' ? { equals: input } : input,
  )
  .pipe(conditionSchema);

const answerObjectSchema = z.strictObject(
  {
    text: textSchema.describe('The answer, or what follows the prompt when it is echoed.'),
    echo: z.boolean().optional().describe("Begin with the prompt; the script's echo by default."),
  },
  {
    error: ({ code }) =>
      code === 'invalid_type'
        ? `must be a text, or an object with text and echo; ${QUOTE_HINT}`
        : undefined,
  },
);

const scriptAnswerSchema = z
  .transform((input: string | z.input<typeof answerObjectSchema>) =>
    typeof input === 'string' ? { text: input } : input,
  )
  .pipe(answerObjectSchema);

const ruleSchema = z.strictObject({
  when: whenSchema.describe('What the prompt must be like: all that is named must hold.'),
  answer: scriptAnswerSchema,
});

/**
 * A script: the first rule that matches the prompt answers, otherwise the next of the sequence.
 * Parsing what was parsed changes nothing.
 */
export const scriptSchema = z
  .strictObject(
    {
      match: z.array(ruleSchema).max(1000).default([]).describe('Rules; the first that fits wins.'),
      answers: z
        .array(scriptAnswerSchema)
        .max(100_000)
        .default([])
        .describe('A sequence for the prompts that no rule matches.'),
      // As LangChain's own FakeListLLM does.
      atEnd: z
        .enum(['cycle', 'last', 'fail'])
        .default('cycle')
        .describe('After the last answer: begin again, repeat it, or fail with status 500.'),
      echo: z
        .boolean()
        .default(false)
        .describe("Begin every answer with the prompt, as LangChain's class needs."),
    },
    {
      error: ({ code }) =>
        code === 'invalid_type'
          ? 'must be a script: an object with "answers" or "match"'
          : undefined,
    },
  )
  .refine(
    ({ match, answers }) => match.length + answers.length > 0,
    'must have at least one answer, under "answers" or "match"',
  );

/** A validated script. */
export type Script = z.output<typeof scriptSchema>;

/** One answer of a script. */
export type ScriptAnswer = z.output<typeof scriptAnswerSchema>;

/** What a rule asks of the prompt. */
export type ScriptCondition = z.output<typeof conditionSchema>;
