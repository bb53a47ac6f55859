import type { Problem } from './issues.ts';

/** More are not told at once. */
const PROBLEMS_TOLD_MAX = 10;

/** Problems as sentences that name their places; `whole` is what a place without a path is called. */
export function tellProblems(problems: readonly Problem[], whole = 'it'): string {
  const told = problems
    .slice(0, PROBLEMS_TOLD_MAX)
    .map(({ path, predicate }) => `${pathOf(path) ?? whole} ${predicate}`);
  const rest = problems.length - told.length;
  return [...told, ...(rest > 0 ? [`There are ${rest} more.`] : [])].join(' ');
}

/** `"steps.0.fault.kind"`, quoted; null for the whole. */
function pathOf(path: readonly PropertyKey[]): string | null {
  return path.length === 0 ? null : `"${path.map(String).join('.')}"`;
}
