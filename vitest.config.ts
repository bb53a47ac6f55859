import { configDefaults, defineConfig } from 'vitest/config';

const isCi = process.env.CI === 'true';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts', 'examples/**/*.test.ts'],
    // They need real endpoints: `npm run test:live`.
    exclude: [...configDefaults.exclude, 'tests/live/**'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // A test that leaves a server or a timer behind is a bug of the product: show it.
    teardownTimeout: 5_000,
    // The report is what .ci/run counts.
    reporters: isCi ? ['default', ['json', { outputFile: '.cache/vitest.json' }]] : ['default'],
  },
});
