import { posix } from 'node:path';
import type { SourceFile } from './source.ts';

/** One import, or re-export, of a file. */
export interface Import {
  /** As it is written: `../call.ts`, `hono`, `node:net`. */
  readonly specifier: string;
  /** The file that a relative one leads to; null for a package. */
  readonly target: string | null;
  /** True when nothing of it is left when the program runs. */
  readonly isType: boolean;
}

const STATIC = /^(?:import|export)(\s+type\b)?\s(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]/gm;
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g;

/** Every import of a file, in order. The style of the house has one import per line beginning. */
export function importsOf({ path, text }: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (specifier: string, isType: boolean) => {
    const isRelative = specifier.startsWith('.');
    const target = isRelative ? posix.join(posix.dirname(path), specifier) : null;
    found.push({ specifier, target, isType });
  };
  for (const [, type, specifier = ''] of text.matchAll(STATIC)) add(specifier, type !== undefined);
  for (const [, specifier = ''] of text.matchAll(DYNAMIC)) add(specifier, false);
  return found;
}

/** `hono/cors` is of the package `hono`, `@hono/node-server/x` of `@hono/node-server`. */
export function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** The modules of one circle of imports, the first one again at the end; null when there is none. */
export function findCycle(files: readonly SourceFile[]): readonly string[] | null {
  const graph = new Map(
    files.map((file) => [
      file.path,
      importsOf(file).flatMap(({ target }) => (target === null ? [] : [target])),
    ]),
  );
  const done = new Set<string>();
  const visit = (path: string, above: readonly string[]): readonly string[] | null => {
    if (above.includes(path)) return [...above.slice(above.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const target of graph.get(path) ?? []) {
      const cycle = visit(target, [...above, path]);
      if (cycle !== null) return cycle;
    }
    done.add(path);
    return null;
  };
  for (const path of graph.keys()) {
    const cycle = visit(path, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
