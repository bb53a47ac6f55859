import { z } from 'zod';
import { functionSchema } from '../contract/function.ts';
import { answerSchema } from './answers/options.ts';
import { explainIssues } from './explain/issues.ts';
import { DEFAULT_STACK, STACK_NAMES } from './function/stacks.ts';
import { UsageError } from './usage-error.ts';

/** In bytes. */
export const MEBIBYTE = 1024 * 1024;

/** What an emulator is made of: the part of the configuration that needs no socket. */
export const emulatorOptionsSchema = z.strictObject({
  stack: z
    .enum(STACK_NAMES)
    .default(DEFAULT_STACK)
    .describe('The generation of FastAPI to imitate.'),
  function: functionSchema.prefault({}).describe('The function behind the endpoint.'),
  answer: answerSchema.prefault('hello').describe('Where answers come from.'),
  seed: z
    .union([z.string().min(1).max(200), z.int().transform(String)])
    .default('modal-emulator')
    .describe('Origin of all chance.'),
  journalMax: z
    .int()
    .min(0)
    .max(1_000_000)
    .default(1000)
    .describe('How many exchanges the journal keeps.'),
  journalBodyMaxBytes: z
    .int()
    .min(0)
    .max(MEBIBYTE)
    .default(4096)
    .describe('How much of a body the journal keeps.'),
  bodyMaxBytes: z
    .int()
    .min(1)
    .max(4096 * MEBIBYTE)
    .default(64 * MEBIBYTE)
    .describe("Largest request body; Modal's own limit is 4 GiB."),
});

/** Options as they are written; every one has a default. */
export type EmulatorInput = z.input<typeof emulatorOptionsSchema>;

/** Options in force. */
export type EmulatorConfig = z.output<typeof emulatorOptionsSchema>;

/**
 * Checks options and fills in the defaults.
 * @throws UsageError that names every option that is not valid
 */
export function parseEmulatorOptions(input: EmulatorInput): EmulatorConfig {
  const parsed = emulatorOptionsSchema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = explainIssues(parsed.error.issues, input, emulatorOptionsSchema);
  const told = problems.map(
    ({ path, predicate }) =>
      `${path.length === 0 ? 'The options object' : `"${path.join('.')}"`} ${predicate}`,
  );
  throw new UsageError(
    'invalid-options',
    `Failed to create an emulator: ${told.join(' ')} Correct what is named.`,
  );
}
