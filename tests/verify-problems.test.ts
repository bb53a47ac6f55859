import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EDGE_FAILURES } from '../src/contract/edge-failures.ts';
import { CHECKS } from '../src/verify/checks/checks.ts';
import { TRANSPORT_PROBLEMS } from '../src/verify/problems/transport-problems.ts';
import { PROBLEMS, type ProblemCode, problemInfo } from '../src/verify/problems.ts';

// Sound: the table is written out, and its keys are the codes.
const CODES = Object.keys(PROBLEMS) as ProblemCode[];

describe('the table of problems', () => {
  test.each(CODES)('%s', (code) => {
    const { summary, hint, consequence, status } = problemInfo(code);
    expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(summary).toMatch(/^\S.*[^.\s]$/);
    expect(hint).toMatch(/^[A-Z].*\.$/);
    expect(consequence ?? 'None.').toMatch(/^[A-Z].*[.)]$/);
    expect(['failed', 'inconclusive', 'skipped']).toContain(status);
  });

  test('has none that no test meets', () => {
    const folders = ['./', './verify/'].map((folder) => new URL(folder, import.meta.url));
    const text = folders
      .flatMap((folder) =>
        readdirSync(folder)
          .filter((name) => /^(?:verify|bad)-.*\.ts$/.test(name))
          .map((name) => readFileSync(new URL(name, folder), 'utf8')),
      )
      .join('\n');
    // The tests of these run over their whole tables.
    const inTables = new Set([
      ...Object.keys(TRANSPORT_PROBLEMS),
      ...EDGE_FAILURES.map(({ name }): string => name),
    ]);
    const unmet = CODES.filter((code) => !inTables.has(code) && !text.includes(`${code}'`));
    expect(unmet).toEqual([]);
  });
});

describe('the table of checks', () => {
  test.each(CHECKS.map((check) => [check.id, check] as const))('%s', (id, { title, why }) => {
    expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(why).toMatch(/^[A-Z].*\.$/);
  });

  test('names each check once', () => {
    expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  });
});
