import { z } from 'zod';

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** What a run of Vitest comes to. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** One line for each failure that is no failed assertion. */
  readonly notes: readonly string[];
}

/**
 * Counts the tests in Vitest's JSON report. In CI nothing is left out, so a test that did not run
 * is a failure, and so is a file that could not be loaded.
 */
export function countTests(report: unknown, shorten: (path: string) => string): TestCounts {
  let passed = 0;
  let failed = 0;
  const notes: string[] = [];
  for (const file of reportSchema.parse(report).testResults) {
    const path = shorten(file.name);
    const others = file.assertionResults.filter(({ status }) => status !== 'passed');
    passed += file.assertionResults.length - others.length;
    failed += others.length;
    for (const { status, fullName } of others) {
      if (status !== 'failed') notes.push(`${status}: ${path}: ${fullName}`);
    }
    if (file.status === 'failed' && others.every(({ status }) => status !== 'failed')) {
      failed += 1;
      notes.push(`failed outside of its tests: ${path}`);
    }
  }
  return { passed, failed, notes };
}
