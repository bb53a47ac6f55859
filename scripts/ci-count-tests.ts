/** Counts what Vitest reported: `node scripts/ci-count-tests.ts`, after `npm test` with CI=true. */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { countTests, type TestCounts } from './ci-report.ts';

const PROJECT = join(import.meta.dirname, '..');
const REPORT = join(PROJECT, '.cache', 'vitest.json');

function readCounts(): TestCounts {
  if (!existsSync(REPORT)) {
    return { passed: 0, failed: 1, notes: ['Vitest left no report: it did not start, or crashed'] };
  }
  return countTests(JSON.parse(readFileSync(REPORT, 'utf8')), (path) => relative(PROJECT, path));
}

const { passed, failed, notes } = readCounts();
for (const note of notes) console.log(note);
console.log(`tests: ${passed} passed, ${failed} failed`);
