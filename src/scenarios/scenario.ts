import { z } from 'zod';
import { canonicalJson, digestText } from './digest.ts';
import { PATTERN_SIZE_MAX } from './pattern.ts';
import { FAULT_REGISTRY, type FaultRegistry } from './registry.ts';
import { createStepSchema, nameSchema, type StepBody } from './step.ts';
import { splitPattern } from './text-match.ts';

/** A step in its place. */
export interface Step extends StepBody {
  /** What its draws hang on: its name, or else what it says; never where it stands. */
  readonly id: string;
  /** For people: its name, or its number and what it does. */
  readonly label: string;
}

/** What goes wrong, for whom and how often; data, which a run puts in force. */
export interface Scenario {
  readonly name: string;
  readonly summary: string | null;
  readonly seed: string | null;
  /** The first one is the outermost: it meets a request first, and its answer last. */
  readonly steps: readonly Step[];
  /** Of all steps as they are written; equal digests mean equal behaviour. */
  readonly digest: string;
  /** The steps as they are written, as JSON. */
  readonly written: readonly unknown[];
}

const STEPS_MAX = 1000;
const PATTERNS_MAX = 100;
/** From the scenario to the text of a condition: steps, step, when, header, text. */
const DEPTH_READ_MAX = 5;

/** Scenarios as they are written in YAML or JSON, and the schema that editors can use. */
export function createScenarioSchema(registry: FaultRegistry) {
  return z.strictObject({
    $schema: z.string().optional().describe('For editors.'),
    name: nameSchema.optional(),
    summary: z.string().max(1000).optional().describe('Which behaviour of a client it tests.'),
    seed: z
      .union([z.string().min(1).max(200), z.number()])
      .transform(String)
      .optional()
      .describe('Where all chance comes from; without it, another one each time.'),
    steps: z
      .array(createStepSchema(registry))
      .max(STEPS_MAX)
      .transform((steps, context) => {
        const duplicate = duplicateName(steps);
        if (duplicate !== null) context.addIssue(duplicate);
        const size = steps
          .flatMap(({ when }) => when)
          .reduce((sum, one) => sum + one.patternSize, 0);
        if (size > PATTERN_SIZE_MAX) {
          const message =
            `hold regular expressions of ${size} states together, more than ${PATTERN_SIZE_MAX}; ` +
            'use "contains" where it will do';
          context.addIssue({ code: 'custom', message });
        }
        return steps;
      }),
  });
}

function duplicateName(steps: readonly StepBody[]) {
  const names = steps.map(({ name }) => name);
  const index = names.findIndex((name, at) => name !== null && names.indexOf(name) < at);
  if (index < 0) return null;
  const message = `is the name of another step, number ${names.indexOf(names[index] ?? null) + 1}`;
  return { code: 'custom' as const, path: [index, 'name'], message };
}

/** The schema with the faults that come with the emulator. */
export const scenarioSchema = createScenarioSchema(FAULT_REGISTRY);

/** A scenario as it is written. */
export type ScenarioInput = z.input<typeof scenarioSchema>;

/** What reading a scenario comes to: it, or all that is wrong, as zod tells it. */
export type ScenarioReading =
  | { readonly scenario: Scenario; readonly issues: null }
  | { readonly scenario: null; readonly issues: readonly z.core.$ZodIssue[] };

/** Reads a scenario as it is written. Nothing of one with a mistake is used. */
export function parseScenario(
  input: unknown,
  schema: ReturnType<typeof createScenarioSchema> = scenarioSchema,
): ScenarioReading {
  const patterns = countPatterns(input);
  if (patterns > PATTERNS_MAX) {
    const message =
      `hold ${patterns} regular expressions, more than ${PATTERNS_MAX}; ` +
      'use "contains" where it will do';
    return { scenario: null, issues: [{ code: 'custom', path: ['steps'], message, input }] };
  }
  const read = schema.safeParse(input);
  if (!read.success) return { scenario: null, issues: read.error.issues };
  // Sound: the schema has just found steps in it, one for each that it read.
  const { steps: written } = input as { readonly steps: readonly unknown[] };
  const { name = 'unnamed', summary = null, seed = null, steps } = read.data;
  const ids = idsOf(steps, written);
  const scenario: Scenario = {
    name,
    summary,
    seed,
    written,
    steps: steps.map((step, index) => ({
      ...step,
      id: ids[index] ?? '',
      label: step.name ?? labelOf(step, index),
    })),
    digest: digestText(contentOf(written)).slice(0, 16),
  };
  return { scenario, issues: null };
}

/** Counted before anything is compiled, which is what takes time. */
function countPatterns(value: unknown, depth = 0): number {
  if (typeof value === 'string') return Number(splitPattern(value) !== null);
  if (typeof value !== 'object' || value === null || depth > DEPTH_READ_MAX) return 0;
  return Object.values(value).reduce((sum, one) => sum + countPatterns(one, depth + 1), 0);
}

function contentOf(written: unknown): string {
  return canonicalJson(written) ?? '';
}

/** Equal steps are told apart by which of them it is: they are interchangeable anyway. */
function idsOf(steps: readonly StepBody[], written: readonly unknown[]): readonly string[] {
  const seen = new Map<string, number>();
  return steps.map(({ name }, index) => {
    const content = name === null ? contentOf(written[index]) : JSON.stringify(['name', name]);
    const occurrence = seen.get(content) ?? 0;
    seen.set(content, occurrence + 1);
    return digestText(JSON.stringify([content, occurrence]));
  });
}

function labelOf({ turns }: StepBody, index: number): string {
  const [first] = turns;
  const what =
    turns.length > 1 ? 'sequence' : (first?.faults.map(({ kind }) => kind).join(' + ') ?? '');
  return `#${index + 1} ${what}`;
}
