import { CONTROL_PREFIX, isControlPath } from '../control/port.ts';

const DOT_SEGMENT = /\/\.\.?(?:\/|$)/;

/**
 * True for request targets that belong to the control plane. Dot segments lead out of it once a URL
 * is made of the target; FastAPI takes them as they are, so they belong to the function.
 */
export function isControlTarget(target: string): boolean {
  if (!target.startsWith(CONTROL_PREFIX)) return false;
  const path = target.split('?', 1)[0] ?? target;
  return isControlPath(path) && !DOT_SEGMENT.test(path);
}
