import { defineConfig } from 'vitest/config';

// Only the word "true" keeps Pact's native code, which a live test may load, from telling others.
process.env.PACT_DO_NOT_TRACK = 'true';

/** `npm run test:live` prepares real endpoints, and runs this against them. */
export default defineConfig({
  test: {
    include: ['tests/live/**/*.live.test.ts'],
    // Each test keeps a real endpoint busy, and that is the other core.
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 90_000,
    teardownTimeout: 5_000,
    // The report is what scripts/live-suites.ts counts.
    reporters: ['default', ['json', { outputFile: '.cache/vitest-live.json' }]],
  },
});
