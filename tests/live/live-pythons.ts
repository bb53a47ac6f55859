import { z } from 'zod';
import { STACK_NAMES, type StackName } from '../../src/emulator/index.ts';

/** Where `npm run test:live` says which interpreters it has prepared. */
export const LIVE_PYTHONS = 'LIVE_PYTHONS';

/** The stacks of the emulator, and whatever PyPI brings. */
export const LIVE_NAMES = [...STACK_NAMES, 'newest'] as const;

const pythonsSchema = z.partialRecord(z.enum(LIVE_NAMES), z.string());

/** The interpreter with the packages of a stack. */
export function livePython(stack: StackName | 'newest'): string {
  const python = readPythons()[stack];
  if (python !== undefined) return python;
  throw new Error(
    `Failed to find the Python of stack "${stack}": it is not in $${LIVE_PYTHONS}. ` +
      'Run the test with "npm run test:live", which prepares it.',
  );
}

/** The stacks to compare with: in CI all, elsewhere those that there is a Python for. */
export function liveStacks(): readonly StackName[] {
  const pythons = readPythons();
  const isCi = process.env.CI === 'true';
  return STACK_NAMES.filter((stack) => isCi || pythons[stack] !== undefined);
}

function readPythons(): z.infer<typeof pythonsSchema> {
  return pythonsSchema.parse(JSON.parse(process.env[LIVE_PYTHONS] ?? '{}'));
}
