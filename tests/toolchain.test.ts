import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { VERSION } from '../src/emulator/version.ts';

const ROOT = new URL('../', import.meta.url);

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, ROOT), 'utf8'));
}

const manifest = z
  .object({
    version: z.string(),
    bin: z.record(z.string(), z.string()),
    exports: z.record(
      z.string(),
      z.union([z.string(), z.object({ types: z.string(), default: z.string() })]),
    ),
    files: z.array(z.string()),
  })
  .parse(readJson('package.json'));

describe('the machine', () => {
  // First, because a machine's own older Node would make every other failure hard to read.
  test('runs on the Node that the package `node` brings, not on an older one of the machine', () => {
    const [major = ''] = process.versions.node.split('.');
    expect(Number(major), 'run the tests with "npm test"').toBeGreaterThanOrEqual(22);
  });
});

describe('the package', () => {
  test('says its version twice, and the same', () => {
    expect(VERSION).toBe(manifest.version);
  });

  /** Where the source of a built file is. */
  const sourceOf = (built: string) =>
    built.replace(/^(?:\.\/)?dist\//, 'src/').replace(/(?:\.d\.ts|\.js)$/, '.ts');

  const targets = [
    ...Object.values(manifest.bin),
    ...Object.values(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : [target.types, target.default],
    ),
  ].filter((target) => target !== './package.json');

  test.each(targets)('%s has a source', (target) => {
    expect(target).toMatch(/^(?:\.\/)?dist\/.+\.(?:d\.ts|js)$/);
    expect(existsSync(new URL(sourceOf(target), ROOT)), sourceOf(target)).toBe(true);
  });

  test('a source is missed where there is none', () => {
    expect(existsSync(new URL(sourceOf('./dist/emulator/nothing.js'), ROOT))).toBe(false);
  });

  test.each(manifest.files.filter((name) => name !== 'dist'))('%s can be packed', (name) => {
    expect(globSync(name, { cwd: fileURLToPath(ROOT) }).length).toBeGreaterThan(0);
  });
});

describe('the lockfile', () => {
  const { packages } = z
    .object({ packages: z.record(z.string(), z.object({ resolved: z.string().optional() })) })
    .parse(readJson('package-lock.json'));

  test('names no registry: each machine has its own', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(50);
    const hosts = Object.entries(packages).filter(([, { resolved = '' }]) =>
      /^[a-z+]*:\/\//.test(resolved),
    );
    expect(hosts).toEqual([]);
  });
});
