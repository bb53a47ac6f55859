/**
 * Runs the suites with LangChain's real client, each in a virtual environment of its own:
 * `npm run test:python`, or `npm run test:python -- newest` for one of them.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPython, type Python, type PythonRange } from './find-python.ts';

const PROJECT = join(import.meta.dirname, '..');
const SUITES_FOLDER = join(PROJECT, 'tests', 'python');

/** A suite: its folder in tests/python, and what pip installs for it. */
interface Suite extends PythonRange {
  readonly name: string;
  readonly folder: string;
  readonly requirements: string;
}

/** Whatever comes. */
const NEWEST_MINOR = 99;

const SUITES: readonly Suite[] = [
  {
    name: 'newest',
    folder: 'newest',
    requirements: 'requirements-newest.txt',
    minorMin: 10,
    minorMax: NEWEST_MINOR,
  },
  {
    name: 'before-0.3',
    folder: 'before_0_3',
    requirements: 'requirements-before-0.3.txt',
    minorMin: 10,
    // Its models are those of Pydantic 1, which does not run on Python 3.14.
    minorMax: 13,
  },
];

interface Counts {
  passed: number;
  failed: number;
}

const isCi = process.env.CI === 'true';

const LOOPBACK = '127.0.0.1,localhost';

/** No proxy between client and emulator, and nothing is traced to anybody. */
const environment: NodeJS.ProcessEnv = {
  ...process.env,
  NO_PROXY: LOOPBACK,
  no_proxy: LOOPBACK,
  LANGCHAIN_TRACING_V2: 'false',
  LANGSMITH_TRACING: 'false',
  PYTHONDONTWRITEBYTECODE: '1',
};

function pythonOf(venv: string): string {
  return process.platform === 'win32'
    ? join(venv, 'Scripts', 'python.exe')
    : join(venv, 'bin', 'python');
}

/** Makes the virtual environment, or takes the one that was made for the same packages. */
function prepare(suite: Suite, python: Python): string | null {
  const requirements = join(SUITES_FOLDER, suite.requirements);
  const venv = join(PROJECT, '.cache', `venv-${suite.name}`);
  const stampFile = join(venv, 'made-for.txt');
  const stamp = createHash('sha256')
    .update(`${python.version}\n`)
    .update(readFileSync(requirements))
    .digest('hex');
  const isMade = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  // In CI the lower bounds are there to get what pip gets today.
  if (isMade && !isCi) return venv;
  if (!isMade) {
    rmSync(venv, { recursive: true, force: true });
    mkdirSync(join(PROJECT, '.cache'), { recursive: true });
    if (!run(python.command, ['-m', 'venv', venv])) return null;
  }
  const install = ['-m', 'pip', 'install', '--quiet', '--upgrade', '--requirement', requirements];
  if (!run(pythonOf(venv), install)) return null;
  writeFileSync(stampFile, stamp);
  return venv;
}

function run(command: string, args: readonly string[]): boolean {
  return spawnSync(command, args, { stdio: 'inherit', env: environment }).status === 0;
}

const PACKAGES = ['langchain-community', 'langchain-core', 'langchain', 'requests', 'urllib3'];

const VERSIONS_PROGRAM = `
import platform, sys
from importlib.metadata import PackageNotFoundError, version
found = [f"CPython {platform.python_version()}"]
for name in sys.argv[1:]:
    try:
        found.append(f"{name} {version(name)}")
    except PackageNotFoundError:
        pass
print(", ".join(found))
`;

function describeVersions(venv: string): string {
  const args = ['-c', VERSIONS_PROGRAM, ...PACKAGES];
  return spawnSync(pythonOf(venv), args, { encoding: 'utf8' }).stdout.trim();
}

/** Runs a suite; its last line on standard output counts the tests. */
function runSuite(suite: Suite, python: Python): Counts {
  const venv = prepare(suite, python);
  if (venv === null) {
    console.error(
      `Failed to install the packages of suite "${suite.name}": see above. ` +
        'It needs the modules venv and pip, and PyPI.',
    );
    return { passed: 0, failed: 1 };
  }
  console.log(`python suite ${suite.name}: ${describeVersions(venv)}`);
  const done = spawnSync(pythonOf(venv), [join(SUITES_FOLDER, 'run.py'), suite.folder], {
    encoding: 'utf8',
    env: environment,
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
function withoutPython({ name, minorMin, minorMax }: Suite): Counts {
  const range =
    minorMax === NEWEST_MINOR ? `3.${minorMin} or later` : `3.${minorMin} to 3.${minorMax}`;
  const hasNone = findPython({ minorMin: 0, minorMax: NEWEST_MINOR }) === null;
  const what = hasNone ? 'python suites' : `python suite ${name}`;
  if (isCi || !hasNone || name === SUITES[0]?.name) {
    console.log(`${what}: not run, there is no Python ${range} (python3, or $PYTHON)`);
  }
  return { passed: 0, failed: isCi ? 1 : 0 };
}

function main(names: readonly string[]): number {
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
    const counts = python === null ? withoutPython(suite) : runSuite(suite, python);
    total.passed += counts.passed;
    total.failed += counts.failed;
  }
  // Where nothing could run, that was said, and there is nothing to count.
  if (total.passed + total.failed === 0) return 0;
  console.log(`python suites: ${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
