import { defineConfig } from 'vitest/config';
import { readPythons } from './tests/pact/langchain/pythons.ts';

// Here and not in `test.env`: Pact's native code reads the environment of the process, and only
// the word "true" keeps it from telling Google Analytics.
process.env.PACT_DO_NOT_TRACK = 'true';
process.env.LOG_LEVEL ??= 'warn';

// Two processes that write into one pact lose interactions, and nobody is told.
const alone = { pool: 'forks', maxWorkers: 1, isolate: false, testTimeout: 60_000 } as const;

// Without its Python a consumer cannot run; its pact stays as it was committed.
const pythons = readPythons();
const notHere = (['newest', 'before-0.3'] as const)
  .filter((suite) => pythons[suite] === undefined)
  .map((suite) => `tests/pact/consumers/langchain-${suite.replace('.', '-')}.pact.ts`);

/** `npm run test:pact` prepares what the consumers of LangChain need, and runs this. */
export default defineConfig({
  test: {
    teardownTimeout: 5_000,
    reporters: ['default', ['json', { outputFile: '.cache/vitest-pact.json' }]],
    projects: [
      {
        test: {
          name: 'consumers',
          include: ['tests/pact/consumers/*.pact.ts'],
          exclude: notHere,
          globalSetup: ['tests/pact/wipe.ts'],
          sequence: { groupOrder: 1 },
          ...alone,
        },
      },
      {
        test: {
          name: 'provider',
          include: ['tests/pact/provider/*.pact.ts'],
          // Compares what the consumers have written.
          sequence: { groupOrder: 2 },
          ...alone,
        },
      },
    ],
  },
});
