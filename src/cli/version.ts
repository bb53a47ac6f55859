import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** The name of the program, in messages and in the prefix of its environment variables. */
export const PROGRAM = 'modal-emulator';

/** The version of the package, read from beside the sources and the built files alike. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}
