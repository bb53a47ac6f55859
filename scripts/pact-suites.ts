/**
 * Lets the consumers record their pacts, compares them with the committed ones, and holds the
 * emulator to those: `npm run test:pact`. Arguments go to Vitest. With `--write` (`npm run pacts`) what was recorded is put
 * in the place of what is committed.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { COMMITTED_FOLDER, CONSUMERS, pathOf, RECORDED_FOLDER } from '../tests/pact/files.ts';
import { PYTHONS_VARIABLE } from '../tests/pact/langchain/pythons.ts';
import { countTests, type TestCounts } from './ci-report.ts';
import { findPython } from './find-python.ts';
import { LANGCHAIN_PACKAGES, LANGCHAIN_VENVS, type LangchainVenv } from './langchain-venvs.ts';
import {
  describeVersions,
  installFailure,
  isCi,
  missingPython,
  prepareVenv,
  pythonEnvironment,
} from './python-venv.ts';

const PROJECT = join(import.meta.dirname, '..');
const REPORT = join(PROJECT, '.cache', 'vitest-pact.json');

/** A generation of LangChain with its interpreter; null when it cannot be run. */
interface Prepared {
  readonly name: LangchainVenv['name'];
  readonly python: string | null;
  readonly isFailure: boolean;
}

/** For a user a missing Python is no failure: the pact stays as it was committed. */
async function prepare(venv: LangchainVenv): Promise<Prepared> {
  const { name } = venv;
  const python = findPython(venv);
  if (python === null) {
    console.log(`${missingPython(`pact of LangChain ${name}`, venv)}; it stays as committed`);
    return { name, python, isFailure: isCi };
  }
  const inVenv = await prepareVenv(venv, python);
  if (inVenv === null) console.error(installFailure(name));
  else console.log(`pact of LangChain ${name}: ${describeVersions(inVenv, LANGCHAIN_PACKAGES)}`);
  return { name, python: inVenv, isFailure: inVenv === null };
}

/** Runs the tests, or the part of them that the arguments say. */
function runTests(prepared: readonly Prepared[], args: readonly string[]): boolean {
  const pythons = prepared.flatMap(({ name, python }) => (python === null ? [] : [[name, python]]));
  const vitest = join(PROJECT, 'node_modules', 'vitest', 'vitest.mjs');
  rmSync(REPORT, { force: true });
  const { status } = spawnSync(
    process.execPath,
    [vitest, 'run', '--config', join(PROJECT, 'vitest.pact.config.ts'), ...args],
    {
      cwd: PROJECT,
      stdio: 'inherit',
      env: {
        ...pythonEnvironment,
        [PYTHONS_VARIABLE]: JSON.stringify(Object.fromEntries(pythons)),
      },
    },
  );
  return status === 0;
}

function readCounts(): TestCounts {
  if (!existsSync(REPORT)) {
    return { passed: 0, failed: 1, notes: ['Vitest left no report: it did not start, or crashed'] };
  }
  return countTests(JSON.parse(readFileSync(REPORT, 'utf8')), (path) => relative(PROJECT, path));
}

async function test(args: readonly string[]): Promise<number> {
  const prepared = [];
  for (const venv of LANGCHAIN_VENVS) prepared.push(await prepare(venv));
  const isGreen = runTests(prepared, args);
  const { passed, failed, notes } = readCounts();
  for (const note of notes) console.log(note);
  const notPrepared = prepared.filter(({ isFailure }) => isFailure).length;
  // A run that fails says so twice: a wrong count must not hide it.
  const failedSum = Math.max(failed + notPrepared, isGreen ? 0 : 1);
  console.log(`pact: ${passed} passed, ${failedSum} failed`);
  return failedSum === 0 ? 0 : 1;
}

async function write(): Promise<number> {
  const prepared = [];
  for (const venv of LANGCHAIN_VENVS) prepared.push(await prepare(venv));
  if (prepared.some(({ isFailure }) => isFailure)) return 1;
  if (!runTests(prepared, ['--project', 'consumers'])) {
    console.error('Failed to write the pacts: a consumer did not get what it needs. See above.');
    return 1;
  }
  const known = CONSUMERS.map(pathOf);
  for (const path of globSync('**/*.json', { cwd: COMMITTED_FOLDER })) {
    if (!known.includes(path)) rmSync(join(COMMITTED_FOLDER, path));
  }
  for (const path of globSync('**/*.json', { cwd: RECORDED_FOLDER }).sort()) {
    mkdirSync(dirname(join(COMMITTED_FOLDER, path)), { recursive: true });
    cpSync(join(RECORDED_FOLDER, path), join(COMMITTED_FOLDER, path));
    console.log(`pacts/${path}: written`);
  }
  return 0;
}

const args = process.argv.slice(2);
process.exitCode = args.includes('--write') ? await write() : await test(args);
