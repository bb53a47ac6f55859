import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import type { Subset } from '../../pact/subset.ts';

/** Where the engine finds what it is to verify. */
export interface SubsetFiles {
  readonly files: readonly string[];
  /** In front of their names, in what the engine says of them. */
  readonly prefix: string;
}

/** Lends the files of subsets to somebody; afterwards they are gone, whatever happens. */
export async function withSubsetFiles<T>(
  subsets: readonly Subset[],
  use: (written: SubsetFiles) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'modal-emulator-pacts-'));
  // A command that is interrupted ends without coming back here.
  const removeNow = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeNow);
  try {
    const files = subsets.map((_subset, index) => join(folder, `pact-${index}.json`));
    for (const [index, { text }] of subsets.entries()) {
      await writeFile(files[index] ?? '', text, { mode: 0o600 });
    }
    return await use({ files, prefix: `${folder}${sep}` });
  } finally {
    process.removeListener('exit', removeNow);
    await rm(folder, { recursive: true, force: true });
  }
}
