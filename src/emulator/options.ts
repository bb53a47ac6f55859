import { z } from 'zod';
import { functionSchema } from '../contract/function.ts';
import { answerSchema } from './answers/options.ts';
import { explainIssues, type Problem } from './explain/issues.ts';
import { tellProblems } from './explain/problems.ts';
import { PYTHON_NAMES, type PythonName } from './function/pythons.ts';
import { DEFAULT_STACK, ownPython, STACK_NAMES } from './function/stacks.ts';
import { IDEMPOTENCY_MODES } from './idempotency-mode.ts';
import { NAMESPACES_MAX, type NamespaceOptions } from './namespaces.ts';
import { readScenario, type ScenarioOption, scenarioOptionSchema } from './scenario-option.ts';
import { UsageError } from './usage-error.ts';

/** In bytes. */
export const MEBIBYTE = 1024 * 1024;

/**
 * How time passes: as it does; only when it is told to; or by itself as soon as every exchange in
 * progress only waits for it.
 */
export const CLOCK_MODES = ['real', 'virtual', 'auto'] as const;
/** One of them. */
export type ClockMode = (typeof CLOCK_MODES)[number];

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
  scenario: scenarioOptionSchema
    .optional()
    .describe('What goes wrong: a built-in scenario by its name, or steps of your own.'),
  allowFaultHeader: z
    .boolean()
    .default(false)
    .describe(
      'Whether a request may ask for a fault: X-Modal-Emulator-Fault: reset;afterBytes=40.',
    ),
  clock: z
    .enum(CLOCK_MODES)
    .default('real')
    .describe('How time passes: real, virtual (moved by /__admin/clock/advance), or auto.'),
  idempotency: z
    .enum(IDEMPOTENCY_MODES)
    .default('ignore')
    .describe(
      'What an Idempotency-Key does: ignore, as Modal; honour (no second charge); or conflict (409).',
    ),
  namespaces: z
    .array(
      z.union([
        z.string().transform((name): NamespaceOptions<ScenarioOption> => ({ name })),
        z
          .strictObject({
            name: z.string(),
            scenario: z.unknown().optional(),
            seed: z.union([z.string().min(1).max(200), z.int().transform(String)]).optional(),
          })
          .transform(namespaceOption),
      ]),
    )
    .max(NAMESPACES_MAX)
    .default([])
    .describe('Worlds of their own under /t/NAME/: names, or {name, scenario, seed}.'),
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
export type EmulatorInput = Omit<z.input<typeof emulatorOptionsSchema>, 'python' | 'scenario'> & {
  /** Written out: zod does not know what a preprocessing schema takes. */
  readonly python?: PythonName | undefined;
  readonly scenario?: ScenarioOption | undefined;
};

/** Options in force. */
export type EmulatorConfig = Omit<z.output<typeof emulatorOptionsSchema>, 'scenario'> & {
  readonly python: PythonName;
  /** As it is written; what is in force may be another one by now. */
  readonly scenario?: ScenarioOption;
};

/**
 * Checks options and fills in the defaults.
 * @throws UsageError that names every option that is not valid
 */
export function parseEmulatorOptions(input: EmulatorInput): EmulatorConfig {
  const { scenario, ...others } = input;
  const problems = scenario === undefined ? [] : problemsOf(scenario);
  const parsed = emulatorOptionsSchema.safeParse(others);
  if (parsed.success && problems.length === 0) {
    const { stack, python = ownPython(stack), scenario: _none, ...config } = parsed.data;
    return { ...config, stack, python, ...(scenario === undefined ? {} : { scenario }) };
  }
  const issues = parsed.error?.issues ?? [];
  const all = [...explainIssues(issues, others, emulatorOptionsSchema), ...problems];
  throw new UsageError(
    'invalid-options',
    `Failed to create an emulator: ${tellProblems(all, 'The options object')} ` +
      'Correct what is named.',
  );
}

/** Read by itself, which compiles nothing of a scenario that is too large. */
function problemsOf(scenario: ScenarioOption): readonly Problem[] {
  const problems = readScenario(scenario).problems ?? [];
  return problems.map((problem) => ({ ...problem, path: ['scenario', ...problem.path] }));
}

interface WrittenNamespace {
  readonly name: string;
  readonly scenario?: unknown;
  readonly seed?: string | undefined;
}

/** Whatever its scenario is, it is read when the namespace is made. */
function namespaceOption({ name, scenario, seed }: WrittenNamespace) {
  const option: NamespaceOptions<ScenarioOption> = {
    name,
    ...(scenario === undefined ? {} : { scenario: scenario as ScenarioOption }),
    ...(seed === undefined ? {} : { seed }),
  };
  return option;
}

/** Takes a version that lost its quotes in a file, but for the one that is no longer itself. */
function readPythonVersion(value: unknown, context: z.RefinementCtx): unknown {
  if (typeof value !== 'number') return value;
  if (value !== 3.1) return String(value);
  const message = 'must be quoted: YAML reads 3.10 as the number 3.1. Write "3.10"';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}
