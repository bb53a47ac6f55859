import { stat } from 'node:fs/promises';
import { showValue } from '../../emulator/explain/show.ts';
import { UsageError } from '../../emulator/usage-error.ts';

/** Where pacts are. */
export interface PactPaths {
  /** Files, and folders of files; none for none. */
  readonly paths: readonly string[];
  /** Whether somebody asked for them: what cannot be verified then leaves the verdict open. */
  readonly isRequired: boolean;
}

/** No pacts at all. */
export const NO_PACTS: PactPaths = { paths: [], isRequired: false };

/**
 * Takes paths that somebody named. A name that was mistyped is told before a request is paid for;
 * what the files are is the pact stage's to find out.
 * @throws UsageError for a path where nothing is
 */
export async function requirePacts(paths: readonly string[]): Promise<PactPaths> {
  for (const path of paths) {
    const reason = await stat(path).then(() => null, reasonOf);
    if (reason !== null) {
      throw new UsageError(
        'no-pact',
        `Failed to read pact ${showValue(path)}: ${reason}. Check the path.`,
      );
    }
  }
  return { paths, isRequired: true };
}

/** Takes the pacts of a folder, where there is one; nobody asked for them. */
export async function findPacts(folder: string): Promise<PactPaths> {
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? { paths: [folder], isRequired: false } : NO_PACTS;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is a file',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
  ERR_INVALID_ARG_VALUE: 'the name holds a null character',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no';
  return REASONS[code] ?? `the system says ${code}`;
}
