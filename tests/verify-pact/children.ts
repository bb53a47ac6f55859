import { join } from 'node:path';
import { folderOf } from './pacts.ts';

/** An engine that is found, so that a child is started at all; it is never loaded. */
export const anyEngine = () => ({ path: import.meta.filename, version: '20.2.0' });

/** A program in place of the one that runs the engine; `order` is what it is told. */
export function childPath(onOrder: string, onStart = ''): string {
  const program = `${onStart}\nprocess.once('message', (order) => { ${onOrder} });`;
  return join(folderOf({ 'child.mjs': program }), 'child.mjs');
}
