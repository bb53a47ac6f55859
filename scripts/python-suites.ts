/**
 * Runs the suites with LangChain's real client, each in a virtual environment of its own:
 * `npm run test:python`, or `npm run test:python -- newest` for one of them.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findPython, type Python } from './find-python.ts';
import { LANGCHAIN_PACKAGES, LANGCHAIN_VENVS, type LangchainVenv } from './langchain-venvs.ts';
import {
  describeVersions,
  hasPython,
  installFailure,
  isCi,
  missingPython,
  prepareVenv,
  pythonEnvironment,
} from './python-venv.ts';

const PROJECT = join(import.meta.dirname, '..');
const SUITES_FOLDER = join(PROJECT, 'tests', 'python');

/** A suite: its folder in tests/python, and the environment it runs in. */
interface Suite extends LangchainVenv {
  readonly folder: string;
}

/** A package of Python has no dot and no dash in its name. */
const SUITES: readonly Suite[] = LANGCHAIN_VENVS.map((venv) => ({
  ...venv,
  folder: venv.name.replaceAll(/[-.]/g, '_'),
}));

interface Counts {
  passed: number;
  failed: number;
}

/** Runs a suite; its last line on standard output counts the tests. */
async function runSuite(suite: Suite, python: Python): Promise<Counts> {
  const inVenv = await prepareVenv(suite, python);
  if (inVenv === null) {
    console.error(installFailure(suite.name));
    return { passed: 0, failed: 1 };
  }
  console.log(`python suite ${suite.name}: ${describeVersions(inVenv, LANGCHAIN_PACKAGES)}`);
  const done = spawnSync(inVenv, [join(SUITES_FOLDER, 'run.py'), suite.folder], {
    encoding: 'utf8',
    env: pythonEnvironment,
    cwd: PROJECT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const counts = readCounts(done.stdout);
  if (counts === null) {
    console.error(`Failed to run suite "${suite.name}": it ended without counting its tests.`);
    return { passed: 0, failed: 1 };
  }
  // A suite that fails says so twice: a wrong count must not hide it.
  return done.status === 0 ? counts : { ...counts, failed: Math.max(1, counts.failed) };
}

function readCounts(output: string): Counts | null {
  try {
    const counts: unknown = JSON.parse(output.trim().split('\n').at(-1) ?? '');
    if (typeof counts !== 'object' || counts === null) return null;
    if (!('passed' in counts && 'failed' in counts)) return null;
    const { passed, failed } = counts;
    return typeof passed === 'number' && typeof failed === 'number' ? { passed, failed } : null;
  } catch {
    return null;
  }
}

/** For a user there is one line for all suites and no failure; in CI every suite must run. */
function withoutPython(suite: Suite): Counts {
  const hasNone = !hasPython();
  if (isCi || !hasNone || suite === SUITES[0]) {
    console.log(missingPython(hasNone ? 'python suites' : `python suite ${suite.name}`, suite));
  }
  return { passed: 0, failed: isCi ? 1 : 0 };
}

async function main(names: readonly string[]): Promise<number> {
  const unknown = names.find((name) => SUITES.every((suite) => suite.name !== name));
  if (unknown !== undefined) {
    const known = SUITES.map((suite) => suite.name).join(' and ');
    console.error(`Failed to run suite "${unknown}": there is no such suite. There are ${known}.`);
    return 2;
  }
  const suites = SUITES.filter(({ name }) => names.length === 0 || names.includes(name));
  const total: Counts = { passed: 0, failed: 0 };
  for (const suite of suites) {
    const python = findPython(suite);
    const counts = python === null ? withoutPython(suite) : await runSuite(suite, python);
    total.passed += counts.passed;
    total.failed += counts.failed;
  }
  // Where nothing could run, that was said, and there is nothing to count.
  if (total.passed + total.failed === 0) return 0;
  console.log(`python suites: ${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
