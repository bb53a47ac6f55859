/** The header that names a namespace, in lower case. */
export const TEST_ID_HEADER = 'x-test-id';

const PREFIX = /^\/t\/([^/?#]+)(\/[^?#]*)?(\?.*)?$/;

/** A target, and the namespace that its path begins with. */
export interface SplitTarget {
  /** Null where the path names none. */
  readonly name: string | null;
  /** The target inside of the namespace: of `/t/a/?b=c` it is `/?b=c`. */
  readonly rest: string;
}

/** Takes the prefix of a namespace off a request's target. */
export function splitTarget(target: string): SplitTarget {
  const match = target.startsWith('/t/') ? PREFIX.exec(target) : null;
  const [, name, path = '/', query = ''] = match ?? [];
  return name === undefined ? { name: null, rest: target } : { name, rest: path + query };
}
