import { z } from 'zod';
import { functionSchema } from '../contract/function.ts';
import { answerSchema } from './answers/options.ts';
import { explainIssues } from './explain/issues.ts';
import { PYTHON_NAMES, type PythonName } from './function/pythons.ts';
import { DEFAULT_STACK, ownPython, STACK_NAMES } from './function/stacks.ts';
import { UsageError } from './usage-error.ts';

/** In bytes. */
export const MEBIBYTE = 1024 * 1024;

/** What an emulator is made of: the part of the configuration that needs no socket. */
export const emulatorOptionsSchema = z.strictObject({
  stack: z
    .enum(STACK_NAMES)
    .default(DEFAULT_STACK)
    .describe('The generation of FastAPI to imitate.'),
  python: z
    .preprocess(readPythonVersion, z.enum(PYTHON_NAMES).optional())
    .describe("The interpreter to imitate; the stack's own when it is not said."),
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
export type EmulatorInput = Omit<z.input<typeof emulatorOptionsSchema>, 'python'> & {
  /** Written out: zod does not know what a preprocessing schema takes. */
  readonly python?: PythonName | undefined;
};

/** Options in force. */
export type EmulatorConfig = z.output<typeof emulatorOptionsSchema> & {
  readonly python: PythonName;
};

/**
 * Checks options and fills in the defaults.
 * @throws UsageError that names every option that is not valid
 */
export function parseEmulatorOptions(input: EmulatorInput): EmulatorConfig {
  const parsed = emulatorOptionsSchema.safeParse(input);
  if (parsed.success) {
    const { stack, python = ownPython(stack) } = parsed.data;
    return { ...parsed.data, python };
  }
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

/** Takes a version that lost its quotes in a file, but for the one that is no longer itself. */
function readPythonVersion(value: unknown, context: z.RefinementCtx): unknown {
  if (typeof value !== 'number') return value;
  if (value !== 3.1) return String(value);
  const message = 'must be quoted: YAML reads 3.10 as the number 3.1. Write "3.10"';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
