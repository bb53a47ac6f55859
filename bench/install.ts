import { lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { createTemporaryFolder, removeTemporaryFolder, runCommand } from './processes.ts';
import { here } from './servers.ts';
import { count, mebibytes, table } from './table.ts';

/** One installed package, without the packages nested in it. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  readonly files: number;
  readonly bytes: number;
}

export interface InstallResult {
  readonly tarballBytes: number;
  /** Everything below `node_modules`: the sum of the files' lengths. */
  readonly bytes: number;
  /** The blocks they take on this disk. */
  readonly diskBytes: number;
  readonly files: number;
  readonly packages: readonly InstalledPackage[];
}

const TIMEOUT_SECONDS = 120;

/** Packs what is built, installs it as a user would, and weighs what arrives. */
export async function measureInstall(): Promise<InstallResult> {
  const folder = createTemporaryFolder();
  try {
    // Without scripts: `prepack` would build again, and what is weighed is what was measured.
    const pack = [...npm(), 'pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
    await runCommand(pack, { cwd: here('..'), timeoutSeconds: TIMEOUT_SECONDS });
    const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz'));
    if (tarball === undefined) throw new Error('Failed to weigh the install: npm packed nothing.');
    writeFileSync(join(folder, 'package.json'), '{"private": true}\n');
    await runCommand(
      [...npm(), 'install', '--omit=dev', '--no-audit', '--no-fund', join(folder, tarball)],
      { cwd: folder, timeoutSeconds: TIMEOUT_SECONDS },
    );
    const all = weigh(join(folder, 'node_modules'), () => true);
    const tarballBytes = lstatSync(join(folder, tarball)).size;
    return { tarballBytes, ...all, packages: listPackages(join(folder, 'node_modules')) };
  } finally {
    removeTemporaryFolder(folder);
  }
}

/** The npm that runs this script, else the one on the path. */
function npm(): readonly string[] {
  const file = process.env.npm_execpath;
  return file?.endsWith('.js') === true ? [process.execPath, file] : ['npm'];
}

interface Weight {
  files: number;
  bytes: number;
  diskBytes: number;
}

/** Adds up the files below a folder, leaving out the folders that are not to be entered. */
function weigh(folder: string, isEntered: (name: string) => boolean): Weight {
  const weight: Weight = { files: 0, bytes: 0, diskBytes: 0 };
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isEntered(entry.name)) continue;
      const inner = weigh(path, isEntered);
      weight.files += inner.files;
      weight.bytes += inner.bytes;
      weight.diskBytes += inner.diskBytes;
    } else {
      const { size, blocks } = lstatSync(path);
      weight.files += 1;
      weight.bytes += size;
      weight.diskBytes += blocks * 512;
    }
  }
  return weight;
}

/** All packages below `node_modules`, nested ones on their own, the heaviest first. */
function listPackages(modules: string): readonly InstalledPackage[] {
  return readdirSync(modules, { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === 'package.json')
    .map((path) => join(modules, path, '..'))
    .filter((folder) => /node_modules[\\/](@[^\\/]+[\\/])?[^\\/@]+$/.test(folder))
    .map((folder) => {
      const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      const { files, bytes } = weigh(folder, (name) => name !== 'node_modules');
      return { name: relative(modules, folder), version: String(version), files, bytes };
    })
    .sort((a, b) => b.bytes - a.bytes);
}

/** The table of an install. */
export function formatInstall(result: InstallResult): string {
  const body = table(
    ['package', 'version', 'files', 'MiB'],
    result.packages.map((each) => [
      each.name,
      each.version,
      count(each.files),
      mebibytes(each.bytes),
    ]),
  );
  const total = `${mebibytes(result.bytes)} MiB in ${count(result.files)} files, ${mebibytes(result.diskBytes)} MiB on disk`;
  return `Install: npm install --omit=dev of the packed tarball (${count(result.tarballBytes)} bytes): ${total}\n${body}`;
}
