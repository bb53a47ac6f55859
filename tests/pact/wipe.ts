import { rmSync } from 'node:fs';
import { RECORDED_FOLDER } from './files.ts';

/** Pact adds to a file that is there: what no consumer records any more would stay for ever. */
export function setup(): void {
  rmSync(RECORDED_FOLDER, { recursive: true, force: true });
}
