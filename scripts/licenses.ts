import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folders of the packages that modules belong to, each once. */
export function packagesOf(modulePaths: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const path of modulePaths) {
    if (!path.includes('node_modules')) continue;
    let folder = dirname(path);
    // Some packages have inner package.json files that only say how to read a folder.
    while (readName(folder) === null) folder = dirname(folder);
    folders.add(folder);
  }
  return [...folders].sort();
}

/**
 * The licence texts of packages, for whoever gets a bundle of their code.
 * @throws Error for a package without a licence text: its code must not be bundled
 */
export function formatLicenses(folders: readonly string[]): string {
  return folders.map(formatLicense).join(`\n${'-'.repeat(80)}\n\n`);
}

function formatLicense(folder: string): string {
  const file = readdirSync(folder).find((name) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(name));
  if (file === undefined) throw new Error(`No licence text in ${readName(folder)}.`);
  return `${readName(folder)}\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
}

function readName(folder: string): string | null {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return null;
  const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
  return name === undefined || version === undefined ? null : `${name} ${version}`;
}
