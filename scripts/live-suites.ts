/**
 * Compares with real FastAPI endpoints, each stack's in a virtual environment of its own:
 * `npm run test:live`. Arguments go to Vitest: `npm run test:live -- differential`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LIVE_PYTHONS } from '../tests/live/live-pythons.ts';
import { countTests, type TestCounts } from './ci-report.ts';
import { findPython, type PythonRange } from './find-python.ts';
import {
  describeVersions,
  hasPython,
  installFailure,
  isCi,
  missingPython,
  NEWEST_MINOR,
  prepareVenv,
  pythonEnvironment,
} from './python-venv.ts';

const PROJECT = join(import.meta.dirname, '..');
const REQUIREMENTS = join(PROJECT, 'tests', 'live', 'endpoint');
const REPORT = join(PROJECT, '.cache', 'vitest-live.json');

/** A stack to compare with, and the Pythons that its packages have builds for. */
interface LiveSuite extends PythonRange {
  readonly name: string;
  readonly hasMore?: boolean;
}

const SUITES: readonly LiveSuite[] = [
  { name: 'fastapi-0.143', minorMin: 11, minorMax: NEWEST_MINOR },
  { name: 'fastapi-0.115', minorMin: 10, minorMax: 13 },
  { name: 'fastapi-0.92', minorMin: 10, minorMax: 11, hasMore: true },
  { name: 'newest', minorMin: 11, minorMax: NEWEST_MINOR },
];

const PACKAGES = ['fastapi', 'starlette', 'pydantic', 'modal', 'uvicorn'];

/** A suite with its interpreter; null when there is none, with whether that is a failure. */
interface Prepared {
  readonly name: string;
  readonly python: string | null;
  readonly failed: boolean;
}

async function prepare(suite: LiveSuite): Promise<Prepared> {
  const { name, hasMore = false } = suite;
  const python = findPython(suite);
  if (python === null) {
    if (isCi || hasPython()) console.log(missingPython(`live stack ${name}`, suite));
    return { name, python, failed: isCi };
  }
  const requirements = join(REQUIREMENTS, `requirements-${name}.txt`);
  const more = join(REQUIREMENTS, `requirements-${name}-no-deps.txt`);
  const wanted = {
    ...suite,
    name: `live-${name}`,
    requirements,
    ...(hasMore ? { requirementsWithoutDependencies: more } : {}),
  };
  const inVenv = await prepareVenv(wanted, python);
  if (inVenv === null) console.error(installFailure(`live ${name}`));
  else console.log(`live stack ${name}: ${describeVersions(inVenv, PACKAGES)}`);
  return { name, python: inVenv, failed: inVenv === null };
}

/** What Vitest has found; null when it was told to run a part only, which is not counted. */
function runTests(pythons: Readonly<Record<string, string>>, args: readonly string[]) {
  const vitest = join(PROJECT, 'node_modules', 'vitest', 'vitest.mjs');
  rmSync(REPORT, { force: true });
  const done = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', join(PROJECT, 'vitest.live.config.ts'), ...args],
    {
      cwd: PROJECT,
      stdio: 'inherit',
      env: { ...pythonEnvironment, [LIVE_PYTHONS]: JSON.stringify(pythons) },
    },
  );
  const counts = args.length === 0 ? readCounts() : null;
  return { isGreen: done.status === 0, counts };
}

function readCounts(): TestCounts {
  if (!existsSync(REPORT)) {
    return { passed: 0, failed: 1, notes: ['Vitest left no report: it did not start, or crashed'] };
  }
  return countTests(JSON.parse(readFileSync(REPORT, 'utf8')), (path) => relative(PROJECT, path));
}

async function main(args: readonly string[]): Promise<number> {
  if (!isCi && !hasPython()) {
    console.log(missingPython('live', { minorMin: 10, minorMax: NEWEST_MINOR }));
    return 0;
  }
  const prepared = await Promise.all(SUITES.map((suite) => prepare(suite)));
  const pythons = prepared.flatMap(({ name, python }) => (python === null ? [] : [[name, python]]));
  const failedToPrepare = prepared.filter(({ failed }) => failed).length;
  if (pythons.length === 0) {
    if (failedToPrepare > 0) console.log(`live: 0 passed, ${failedToPrepare} failed`);
    return failedToPrepare === 0 ? 0 : 1;
  }
  const { isGreen, counts } = runTests(Object.fromEntries(pythons), args);
  if (counts === null) return isGreen ? 0 : 1;
  for (const note of counts.notes) console.log(note);
  // A run that fails says so twice: a wrong count must not hide it.
  const failed = Math.max(counts.failed + failedToPrepare, isGreen ? 0 : 1);
  console.log(`live: ${counts.passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
