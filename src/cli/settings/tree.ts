/** Plain data with names. */
export type Tree = Readonly<Record<string, unknown>>;

/** True for a mapping. */
export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path, or undefined. */
export function getAt(tree: unknown, path: readonly string[]): unknown {
  return path.reduce(
    (value: unknown, key) => (isTree(value) && Object.hasOwn(value, key) ? value[key] : undefined),
    tree,
  );
}

/** A copy with another value at a path; what stands in the way and is no mapping gives way. */
export function setAt(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [key, ...rest] = path;
  if (key === undefined) return tree;
  if (rest.length === 0) return { ...tree, [key]: value };
  const inner = Object.hasOwn(tree, key) ? tree[key] : undefined;
  return { ...tree, [key]: setAt(isTree(inner) ? inner : {}, rest, value) };
}
