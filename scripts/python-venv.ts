import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPython, type Python, type PythonRange } from './find-python.ts';

const CACHE = join(import.meta.dirname, '..', '.cache');

/** A virtual environment: which Python it wants, and what pip installs into it. */
export interface Venv extends PythonRange {
  /** It is made in `.cache/venv-‹name›`. */
  readonly name: string;
  /** The path of the requirements file. */
  readonly requirements: string;
  /** One more such file, installed last and without looking at what its packages ask for. */
  readonly requirementsWithoutDependencies?: string;
}

/** Whatever comes. */
export const NEWEST_MINOR = 99;

/** In CI nothing may be left out. */
export const isCi = process.env.CI === 'true';

const LOOPBACK = '127.0.0.1,localhost';

/** No proxy between client and endpoint, and nothing is traced to anybody. */
export const pythonEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  NO_PROXY: LOOPBACK,
  no_proxy: LOOPBACK,
  LANGCHAIN_TRACING_V2: 'false',
  LANGSMITH_TRACING: 'false',
  PYTHONDONTWRITEBYTECODE: '1',
};

/**
 * Makes the virtual environment, or takes the one that was made for the same packages. Resolves
 * to its Python, or to null when pip has said what is wrong.
 */
export async function prepareVenv(wanted: Venv, python: Python): Promise<string | null> {
  const venv = join(CACHE, `venv-${wanted.name}`);
  const inVenv = pythonOf(venv);
  const stampFile = join(venv, 'made-for.txt');
  const stamp = stampOf(wanted, python);
  const isMade = existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp;
  // In CI the lower bounds are there to get what pip gets today.
  if (isMade && !isCi) return inVenv;
  if (!isMade) {
    rmSync(venv, { recursive: true, force: true });
    mkdirSync(CACHE, { recursive: true });
    if (!(await run(python.command, ['-m', 'venv', venv]))) return null;
  }
  const install = ['-m', 'pip', 'install', '--quiet', '--upgrade'];
  if (!(await run(inVenv, [...install, '--requirement', wanted.requirements]))) return null;
  const { requirementsWithoutDependencies: last } = wanted;
  const args = [...install, '--no-deps', '--requirement', last ?? ''];
  if (last !== undefined && !(await run(inVenv, args))) return null;
  writeFileSync(stampFile, stamp);
  return inVenv;
}

function pythonOf(venv: string): string {
  return process.platform === 'win32'
    ? join(venv, 'Scripts', 'python.exe')
    : join(venv, 'bin', 'python');
}

function stampOf({ requirements, requirementsWithoutDependencies }: Venv, python: Python): string {
  const hash = createHash('sha256').update(`${python.version}\n`);
  hash.update(readFileSync(requirements));
  if (requirementsWithoutDependencies !== undefined) {
    hash.update(readFileSync(requirementsWithoutDependencies));
  }
  return hash.digest('hex');
}

function run(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'inherit', env: pythonEnvironment });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}

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

/** What is installed of the packages, in a line. */
export function describeVersions(python: string, packages: readonly string[]): string {
  const args = ['-c', VERSIONS_PROGRAM, ...packages];
  return spawnSync(python, args, { encoding: 'utf8' }).stdout.trim();
}

/** Why nothing could be installed. */
export function installFailure(suite: string): string {
  return (
    `Failed to install the packages of suite "${suite}": see above. ` +
    'It needs the modules venv and pip, and PyPI.'
  );
}

/** Whether this machine has a Python at all. */
export function hasPython(): boolean {
  return findPython({ minorMin: 0, minorMax: NEWEST_MINOR }) !== null;
}

/** Why a suite is not run. */
export function missingPython(what: string, { minorMin, minorMax }: PythonRange): string {
  const range =
    minorMax === NEWEST_MINOR ? `3.${minorMin} or later` : `3.${minorMin} to 3.${minorMax}`;
  return `${what}: not run, there is no Python ${range} (python3, or $PYTHON)`;
}
