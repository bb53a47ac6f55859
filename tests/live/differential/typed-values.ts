import fc, { type Arbitrary } from 'fast-check';
import { anyPairs, anyValue, enclosed, quoted, text } from './json-text.ts';
import { NUMBERS, ODD_NUMBERS, STRINGS } from './pools.ts';

/** Whole numbers, most of them small. */
export const integer = fc.oneof(
  fc.integer({ min: 0, max: 99 }).map(String),
  fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }).map(String),
);
/** Finite doubles, as JavaScript writes them. */
export const double = fc.double({ noDefaultInfinity: true, noNaN: true }).map(String);
const number = fc.constantFrom(...NUMBERS);
const oddNumber = fc.constantFrom(...ODD_NUMBERS);
const oddString = quoted(fc.constantFrom(...STRINGS));
const bool = fc.constantFrom('true', 'false');
/** The words that Pydantic takes for a bool. */
export const switchWord = fc.constantFrom(
  ...['true', 'on', 'Off', 'YES', 'no', 'y', 'N', 't', 'f', '1', '0', 'True', 'FALSE'],
);

/** What a value of each simple type may be written as; the simplest first, the doubtful last. */
const SIMPLE: Readonly<Record<string, readonly Arbitrary<string>[]>> = {
  str: [quoted(text)],
  int: [integer, number, quoted(integer), oddString, oddNumber],
  float: [double, number, quoted(double), oddString, oddNumber],
  bool: [bool, quoted(switchWord), fc.constantFrom('0', '1', '1.0', '0.0', '2'), oddString],
  dict: [
    enclosed('{}', anyPairs(3)),
    // Pydantic 1 makes a dict of pairs, too.
    fc.constantFrom('[]', '[["a",1]]', '["ab"]', '[[1,2],[2,3]]', '""', '[{"a":1,"b":2}]'),
  ],
  list: [enclosed('[]', fc.array(anyValue, { maxLength: 3 }))],
  Any: [anyValue],
};

/**
 * Mostly what the type accepts, in many spellings. `wildness` is how many in a hundred are
 * whatever JSON has: where every field had to fit, a model of many fields would never be valid.
 */
export function typedValue(annotation: string, wildness: number): Arbitrary<string> {
  const type = annotation.split('=')[0]?.trim() ?? '';
  return fc.oneof(
    { weight: 100 - wildness, arbitrary: fitting(type, wildness) },
    { weight: wildness, arbitrary: anyValue },
  );
}

function fitting(type: string, wildness: number): Arbitrary<string> {
  const [, outer, inner = ''] = /^(Optional|list)\[(.+)\]$/.exec(type) ?? [];
  if (outer === 'Optional') {
    return fc.oneof(
      { weight: 1, arbitrary: fc.constant('null') },
      { weight: 4, arbitrary: fitting(inner, wildness) },
    );
  }
  if (outer === 'list') {
    return enclosed('[]', fc.array(typedValue(inner, wildness), { maxLength: 3 }));
  }
  const known = SIMPLE[type];
  if (known === undefined) throw new Error(`no values for the type "${type}"`);
  // A tame value is written as the type is, most of the time.
  const weightOf = (index: number) => (index === 0 && wildness < 10 ? 40 : 1);
  return fc.oneof(...known.map((arbitrary, index) => ({ arbitrary, weight: weightOf(index) })));
}
