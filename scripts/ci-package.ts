/**
 * Tries the packed package as a stranger has it: `npm run test:package`. It is installed outside of
 * the project and tested by tests/package on the machine's own Node, then on the project's.
 */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const PROJECT = join(import.meta.dirname, '..');
const TESTS = join(PROJECT, 'tests', 'package');
const LOCAL_BIN = join('node_modules', '.bin');
/** The compiler that the tests of the types use; a stranger would have one of their own. */
const COMPILER = join(PROJECT, 'node_modules', 'typescript', 'bin', 'tsc');

/** The path without the project's own programs, which `npm run` puts first. */
const machinePath = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((folder) => !folder.endsWith(LOCAL_BIN))
  .join(delimiter);

/** A Node by where its programs are looked for. */
interface NodeOnPath {
  readonly path: string;
  readonly version: string;
}

function nodeOn(path: string): NodeOnPath {
  const done = run(path, 'node', ['--version'], PROJECT);
  return { path, version: done.stdout.trim() };
}

function run(path: string, command: string, args: readonly string[], cwd: string) {
  const done: SpawnSyncReturns<string> = spawnSync(command, args, {
    cwd,
    // Plain text: the counts are read from it.
    env: { ...process.env, PATH: path, NO_COLOR: '1', FORCE_COLOR: '0', COMPILER },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (done.error !== undefined) throw done.error;
  return done;
}

/** Runs npm, and shows what it said where it fails. */
function npm(path: string, args: readonly string[], cwd: string): boolean {
  const done = run(path, 'npm', args, cwd);
  if (done.status === 0) return true;
  console.error(`Failed to run "npm ${args.join(' ')}":\n${done.stdout}${done.stderr}`);
  return false;
}

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const FAILED: Counts = { passed: 0, failed: 1 };

function testOn(node: NodeOnPath, tarball: string, folder: string): Counts {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
  // Strict about engines: no dependency may want a newer Node than this one.
  const install = ['install', '--omit=dev', '--engine-strict', '--prefer-offline', tarball];
  if (!npm(node.path, install, folder)) return FAILED;
  // Beside the installed package, so that its name is resolved as a stranger's code would.
  cpSync(TESTS, folder, { recursive: true });
  const files = readdirSync(TESTS).filter((name) => name.endsWith('.test.mjs'));
  const done = run(node.path, 'node', ['--test', '--test-reporter=spec', ...files], folder);
  console.log(`${done.stdout}${done.stderr}`);
  const counts = { passed: total(done.stdout, 'pass'), failed: 0 };
  for (const word of ['fail', 'cancelled', 'skipped', 'todo']) {
    counts.failed += total(done.stdout, word);
  }
  return done.status === 0 && counts.passed > 0
    ? counts
    : { ...counts, failed: Math.max(1, counts.failed) };
}

/** One of the totals at the end of what node:test prints. */
function total(output: string, word: string): number {
  return Number(new RegExp(`^\\S+ ${word} ([0-9]+)$`, 'm').exec(output)?.[1] ?? 0);
}

function main(folder: string): Counts {
  // Packing builds first: npm runs "prepack".
  const isPacked = npm(machinePath, ['pack', '--pack-destination', folder], PROJECT);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!isPacked || tarball === undefined) return FAILED;
  const own = nodeOn(machinePath);
  const newer = nodeOn([dirname(process.execPath), machinePath].join(delimiter));
  let sum: Counts = { passed: 0, failed: 0 };
  for (const node of own.version === newer.version ? [own] : [own, newer]) {
    console.log(`package on Node ${node.version}`);
    const counts = testOn(node, join(folder, tarball), join(folder, `on-${node.version}`));
    sum = { passed: sum.passed + counts.passed, failed: sum.failed + counts.failed };
  }
  return sum;
}

const folder = mkdtempSync(join(tmpdir(), 'modal-emulator-package-'));
try {
  const { passed, failed } = main(folder);
  console.log(`package: ${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
