import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const ENGINE = '@pact-foundation/pact-core';
/** Consumers install this one, and a strict package manager hides the engine below it. */
const PARENT = '@pact-foundation/pact';

/** Where Pact's engine is. */
export interface FoundEngine {
  /** Its main file. */
  readonly path: string;
  readonly version: string;
}

/** Looks for Pact's engine; null when it is not there. */
export type FindEngine = (cwd: string) => FoundEngine | null;

/** The engine of the project in the working directory, else the one beside this package. */
export function findEngine(cwd: string): FoundEngine | null {
  for (const from of [join(cwd, 'package.json'), import.meta.url]) {
    const require = createRequire(from);
    const found = engineAt(require) ?? engineBelow(require);
    if (found !== null) return found;
  }
  return null;
}

function engineBelow(require: NodeJS.Require): FoundEngine | null {
  try {
    return engineAt(createRequire(require.resolve(PARENT)));
  } catch {
    return null;
  }
}

function engineAt(require: NodeJS.Require): FoundEngine | null {
  try {
    const path = require.resolve(ENGINE);
    const manifest: unknown = JSON.parse(
      readFileSync(require.resolve(`${ENGINE}/package.json`), 'utf8'),
    );
    const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
    return isNamed ? { path, version: String(manifest.version) } : null;
  } catch {
    return null;
  }
}

/**
 * Before 20.1 the engine followed every redirect, and took all headers along to wherever it led,
 * those of Modal's proxy auth included.
 */
export function isSupportedVersion(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 20 || (major === 20 && minor >= 1);
}
