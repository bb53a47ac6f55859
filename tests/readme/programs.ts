import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT } from './blocks.ts';

/** A folder inside the project, where programs find its packages. */
export interface Programs {
  readonly folder: string;
  /** Writes a program and returns its path. The package's own names become those of its sources. */
  write(name: string, program: string): string;
  remove(): void;
}

/** Makes the folder, in a place that is not committed. */
export function createPrograms(): Programs {
  const cache = fileURLToPath(new URL('.cache/', ROOT));
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'readme-'));
  return {
    folder,
    write(name, program) {
      const path = join(folder, name);
      const text = program
        .replaceAll("'modal-emulator'", "'../../src/emulator/index.ts'")
        .replaceAll("'modal-emulator/client'", "'../../src/contract/client.ts'")
        .replaceAll("'modal-emulator/verify'", "'../../src/verify/node/index.ts'")
        .replaceAll("'modal-emulator/node'", "'../../src/emulator/node/index.ts'");
      // A program without imports would be a script, and could not wait at its top.
      writeFileSync(path, text.includes('import ') ? text : `${text}export {};\n`);
      return path;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
