import { z } from 'zod';
import type { Consumer } from '../files.ts';

/** How `npm run test:pact` tells of the interpreters that have LangChain: JSON, suite to path. */
export const PYTHONS_VARIABLE = 'PACT_PYTHONS';

const pythonsSchema = z.partialRecord(z.enum(['newest', 'before-0.3']), z.string());

/** The interpreters that are there, by suite. */
export function readPythons(): z.infer<typeof pythonsSchema> {
  return pythonsSchema.parse(JSON.parse(process.env[PYTHONS_VARIABLE] ?? '{}'));
}

/** Whether a consumer can be run here. */
export function isRunnable({ suite }: Consumer): boolean {
  return suite === null || readPythons()[suite] !== undefined;
}

/** The interpreter of a consumer that can be run. */
export function pythonFor({ name, suite }: Consumer): string {
  const python = suite === null ? undefined : readPythons()[suite];
  if (python !== undefined) return python;
  throw new Error(
    `Failed to run consumer "${name}": $${PYTHONS_VARIABLE} names no interpreter for it. ` +
      'Use npm run test:pact, which prepares them.',
  );
}
