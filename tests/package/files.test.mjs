import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, relative, sep } from 'node:path';
import { test } from 'node:test';
import { PACKAGE } from './command.mjs';

const MODULES = join(import.meta.dirname, 'node_modules');
const manifest = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
const DOCUMENTS = ['CHANGELOG.md', 'LICENSE', 'README.md', 'THIRD-PARTY.md'];
// What any endpoint can be held to. What needs provider states is of use beside an emulator alone.
const PACTS = [
  'pacts/README.md',
  ...['langchain-community-before-0.3', 'langchain-community', 'prompt-client'].map(
    (consumer) => `pacts/${consumer}-modal-llm-endpoint.json`,
  ),
];
// The command is a bundle, which has no types but brings the licences of what it took in.
const BUNDLE = 'dist/cli/';
const BYTES_MAX = 20_000_000;

/** All files under a folder, with slashes. */
function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .map((path) => path.split(sep).join('/'));
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

test('the package holds what it runs on, and nothing else', (t) => {
  const files = listFiles(PACKAGE);
  const built = files.filter((path) => /^dist\/.+\.(?:js|d\.ts)$/.test(path));
  const others = files.filter((path) => !built.includes(path));
  t.diagnostic(`${others.join(', ')}, and ${built.length} files in dist`);
  assert.deepEqual(
    others.sort(),
    [...DOCUMENTS, ...PACTS, `${BUNDLE}LICENSES.txt`, 'package.json'].sort(),
  );
  assert.deepEqual(
    built.filter((path) => /(?:^|[/.])(?:tests?|bench|scripts)(?:[/.]|$)/.test(path)),
    [],
  );
});

test('every file of the library has its types, and the other way round', () => {
  const files = listFiles(PACKAGE).filter((path) => path.startsWith('dist/'));
  const library = files.filter((path) => !path.startsWith(BUNDLE));
  const stems = (end) =>
    library.filter((path) => path.endsWith(end)).map((p) => p.slice(0, -end.length));
  assert.ok(library.length > 100);
  assert.deepEqual(stems('.js').sort(), stems('.d.ts').sort());
});

// At the start of a line, or in a call: what is only written in a text is no import.
const IMPORT =
  /^(?:import|export)\b(?:[^'"=;]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm;

test('what it imports is what it depends on', () => {
  const files = listFiles(join(PACKAGE, 'dist')).filter((path) => path.endsWith('.js'));
  const specifiers = files.flatMap((path) => {
    const text = readFileSync(join(PACKAGE, 'dist', path), 'utf8');
    return [...text.matchAll(IMPORT)].map(([, written, loaded]) => written ?? loaded);
  });
  const packages = specifiers
    .filter((specifier) => !specifier.startsWith('.') && !isBuiltin(specifier))
    .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)[0]);
  assert.deepEqual([...new Set(packages)].sort(), Object.keys(manifest.dependencies).sort());
});

test('no development dependency is installed', () => {
  const names = Object.keys(manifest.devDependencies);
  assert.ok(names.includes('vitest'));
  assert.deepEqual(
    names.filter((name) => existsSync(join(MODULES, name))),
    [],
  );
});

test('a production install is below 20 MB', (t) => {
  const stats = listFiles(MODULES).map((path) => statSync(join(MODULES, path)));
  const bytes = sum(stats.map(({ size }) => size));
  // What a file takes up is a matter of the file system, so it is told and not judged.
  const taken = sum(stats.map(({ blocks }) => blocks * 512));
  const megabytes = (count) => (count / 1_000_000).toFixed(1);
  t.diagnostic(
    `${stats.length} files: ${megabytes(bytes)} MB, ${megabytes(taken)} MB on this disk`,
  );
  assert.ok(bytes > 1_000_000 && bytes < BYTES_MAX, `${bytes} bytes`);
});
