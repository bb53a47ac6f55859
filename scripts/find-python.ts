import { spawnSync } from 'node:child_process';

/** A Python of this machine: how to call it, and which it is. */
export interface Python {
  readonly command: string;
  readonly version: string;
}

/** Minor versions of Python 3 that will do. */
export interface PythonRange {
  readonly minorMin: number;
  readonly minorMax: number;
}

const NAMES = ['python3', 'python', 'python3.13', 'python3.12', 'python3.11', 'python3.10'];

const VERSION_PROGRAM = 'import platform; print(platform.python_version())';

/** The first Python in the range: $PYTHON, then those on the path. */
export function findPython({ minorMin, minorMax }: PythonRange): Python | null {
  const given = process.env.PYTHON;
  for (const command of given === undefined ? NAMES : [given, ...NAMES]) {
    const done = spawnSync(command, ['-c', VERSION_PROGRAM], { encoding: 'utf8' });
    const version = done.status === 0 ? done.stdout.trim() : '';
    const minor = Number(/^3\.([0-9]+)\./.exec(version)?.[1] ?? -1);
    if (minor >= minorMin && minor <= minorMax) return { command, version };
  }
  return null;
}
