import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countTests } from '../scripts/ci-report.ts';

const PROJECT = join(import.meta.dirname, '..');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ci-run-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function writeProgram(path: string, lines: readonly string[]): void {
  writeFileSync(path, `${['#!/bin/sh', ...lines].join('\n')}\n`);
  chmodSync(path, 0o755);
}

interface World {
  /** What `npm ci` does; by default it installs. */
  readonly install?: string;
  /** What `npm test` does. */
  readonly test?: string;
  /** What the count of the tests prints. */
  readonly counted?: string;
  /** What `npm run --silent ‹script›` does. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Runs `.ci/run` in a project of its own, where npm does as it is told. */
function runCi({ install = 'true', test = 'true', counted = '', scripts = {} }: World) {
  const project = mkdtempSync(join(folder, 'project-'));
  mkdirSync(join(project, 'node_modules', '.bin'), { recursive: true });
  mkdirSync(join(project, 'programs'));
  cpSync(join(PROJECT, '.ci'), join(project, '.ci'), { recursive: true });
  writeProgram(join(project, 'node_modules', '.bin', 'node'), [`echo '${counted}'`]);
  writeProgram(join(project, 'programs', 'npm'), [
    'case "$*" in',
    `  ci) ${install} && touch node_modules/.package-lock.json ;;`,
    `  test) ${test} ;;`,
    ...Object.entries(scripts).map(([name, does]) => `  "run --silent ${name}") ${does} ;;`),
    'esac',
  ]);
  const PATH = [join(project, 'programs'), process.env.PATH].join(delimiter);
  const done = spawnSync('bash', [join(project, '.ci', 'run')], {
    cwd: tmpdir(),
    env: { ...process.env, PATH },
    encoding: 'utf8',
  });
  return { code: done.status, lines: done.stdout.trimEnd().split('\n'), stderr: done.stderr };
}

const GREEN: World = {
  counted: 'tests: 40 passed, 0 failed',
  scripts: {
    'test:package': 'echo "package: 7 passed, 0 failed"',
    'test:python': 'echo "python suites: 5 passed, 0 failed"',
    'test:pact': 'echo "pact: 6 passed, 0 failed"',
    'test:live': 'echo "live: 9 passed, 0 failed"',
  },
};

describe('.ci/run', () => {
  test('sums the suites; lint, types and build are one test each', () => {
    const { code, lines, stderr } = runCi(GREEN);
    expect(lines.at(-1)).toBe('70 passed, 0 failed');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('goes on after a failure, and ends with a failure', () => {
    const { code, lines } = runCi({
      ...GREEN,
      test: 'exit 1',
      counted: 'tests: 38 passed, 2 failed',
      scripts: { ...GREEN.scripts, lint: 'exit 1' },
    });
    expect(lines.at(-1)).toBe('67 passed, 3 failed');
    expect(code).toBe(1);
  });

  test('a suite that fails without a failed test has one', () => {
    const { code, lines } = runCi({ ...GREEN, test: 'exit 1' });
    expect(lines.at(-1)).toBe('70 passed, 1 failed');
    expect(code).toBe(1);
  });

  test('ends where the packages cannot be installed', () => {
    const { code, lines } = runCi({ ...GREEN, install: 'false' });
    expect(lines.at(-1)).toBe('0 passed, 1 failed');
    expect(lines.join('\n')).not.toContain('== lint');
    expect(code).toBe(1);
  });

  test("runs the README's own test command", () => {
    const command = /^readme_test='(?<command>.+)'$/m.exec(
      readFileSync(join(PROJECT, '.ci', 'run'), 'utf8'),
    )?.groups?.command;
    const readme = readFileSync(join(PROJECT, 'README.md'), 'utf8').split('\n');
    expect(readme).toContain(command);
  });
});

describe('the count of the tests', () => {
  const shorten = (path: string) => path.replace('/project/', '');
  const file = (status: string, ...statuses: readonly string[]) => ({
    name: '/project/tests/some.test.ts',
    status,
    assertionResults: statuses.map((status) => ({ fullName: `is ${status}`, status })),
  });

  test('a test that did not run is a failure with its name', () => {
    const report = { testResults: [file('failed', 'passed', 'failed', 'skipped'), file('passed')] };
    expect(countTests(report, shorten)).toEqual({
      passed: 1,
      failed: 2,
      notes: ['skipped: tests/some.test.ts: is skipped'],
    });
  });

  test('a file that fails outside of its tests is a failure', () => {
    const report = { testResults: [file('failed', 'passed'), file('failed')] };
    expect(countTests(report, shorten)).toEqual({
      passed: 1,
      failed: 2,
      notes: Array(2).fill('failed outside of its tests: tests/some.test.ts'),
    });
  });
});
