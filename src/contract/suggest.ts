/** Longer words are no typing mistakes, and comparing costs the product of the lengths. */
const WORD_LENGTH_MAX = 64;

/** The candidate that the word was probably meant to be, or null when none is near. */
export function suggest(word: string, candidates: readonly string[]): string | null {
  let nearest: string | null = null;
  let nearestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const length = Math.max(word.length, candidate.length);
    if (length > WORD_LENGTH_MAX) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    // One mistake in three letters still looks like the word; one letter alone looks like nothing.
    const isNear = distance <= Math.max(1, Math.floor(length / 3)) && distance < length;
    if (!isNear || distance >= nearestDistance) continue;
    nearest = candidate;
    nearestDistance = distance;
  }
  return nearest;
}

/** ` Did you mean "‹candidate›"?`, to be put behind a reason; empty when none is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const suggestion = suggest(word, candidates);
  return suggestion === null ? '' : ` Did you mean "${suggestion}"?`;
}

/**
 * Levenshtein's distance, where two neighbours that changed places count as one mistake: `paht` is
 * one step from `path`.
 */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      let distance = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        distance = Math.min(distance, at(beforeLast, column - 2) + 1);
      }
      current.push(distance);
    }
    beforeLast = last;
    last = current;
  }
  return at(last, b.length);
}

/** A cell that the loops above have filled. */
function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
