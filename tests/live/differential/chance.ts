import fc, { type Arbitrary } from 'fast-check';

/** The usual value, which is also the simpler one, but for some in a hundred. */
export function mostly<Item>(usual: Item, percent: number, other: Arbitrary<Item>) {
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 100 - percent, arbitrary: fc.constant(usual) },
    { weight: percent, arbitrary: other },
  );
}

/** None, but for some times in a hundred, which have one of the pool. */
export function atTimes<Item>(percent: number, pool: readonly Item[]): Arbitrary<readonly Item[]> {
  const one = fc.constantFrom(...pool).map((item): readonly Item[] => [item]);
  return mostly<readonly Item[]>([], percent, one);
}
