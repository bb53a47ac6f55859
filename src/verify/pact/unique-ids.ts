import type { CheckResult } from '../report.ts';

/** Numbers the results that have the same id: two pacts may have the same names in them. */
export function withUniqueIds(results: readonly CheckResult[]): readonly CheckResult[] {
  const counts = new Map<string, number>();
  return results.map((result) => {
    const count = (counts.get(result.id) ?? 0) + 1;
    counts.set(result.id, count);
    return count === 1 ? result : { ...result, id: `${result.id} (${count})` };
  });
}
