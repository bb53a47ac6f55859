import { isControlPath } from '../control/port.ts';
import { splitTarget } from '../namespace-target.ts';

const DOT_SEGMENT = /\/\.\.?(?:\/|$)/;

/**
 * True for request targets that belong to the control plane. Dot segments lead out of it once a URL
 * is made of the target; FastAPI takes them as they are, so they belong to the function.
 */
export function isControlTarget(target: string): boolean {
  // The exchanges of the function, which are nearly all, are told by one look.
  if (!target.includes('__admin')) return false;
  const { rest } = splitTarget(target);
  const path = rest.split('?', 1)[0] ?? rest;
  return isControlPath(path) && !DOT_SEGMENT.test(path);
}
