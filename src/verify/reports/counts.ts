import type { CheckResult, CheckStatus } from '../report.ts';

/** How many checks ended in which way. */
export type Counts = Readonly<Record<CheckStatus | 'total', number>>;

/** Counts results. */
export function countResults(results: readonly CheckResult[]): Counts {
  const count = (wanted: CheckStatus) => results.filter(({ status }) => status === wanted).length;
  return {
    total: results.length,
    passed: count('passed'),
    failed: count('failed'),
    inconclusive: count('inconclusive'),
    skipped: count('skipped'),
  };
}

/** `9 checks: 7 passed, 1 failed, 1 skipped`; what there is none of is left out. */
export function formatCounts(counts: Counts): string {
  const { total, passed, failed, inconclusive, skipped } = counts;
  const parts = [
    `${passed} passed`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(inconclusive > 0 ? [`${inconclusive} inconclusive`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${total} ${total === 1 ? 'check' : 'checks'}: ${parts.join(', ')}`;
}
