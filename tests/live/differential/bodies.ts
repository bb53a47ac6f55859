import fc, { type Arbitrary } from 'fast-check';
import { formatType } from '../../../src/contract/annotation.ts';
import { functionSchema } from '../../../src/contract/function.ts';
import type { FunctionInput } from '../../../src/emulator/index.ts';
import { mostly } from './chance.ts';
import { anyPairs, anyValue, enclosed, pair } from './json-text.ts';
import { JUNK } from './pools.ts';
import { typedValue } from './typed-values.ts';

/**
 * How many containers are open at once. Where Python gives up depends on its patch release, on the
 * frames below and, in 3.14, on the build: some of the emulator's limits are guesses. So nothing is
 * asked from a little below the lowest of them up to where every release has given up.
 */
const DEPTHS = [5, 50, 500, 900, 150_000] as const;

const NESTS = [
  ['[', ']'],
  ['{"a":', '}'],
  ['[{"b":', '}]'],
] as const;

const nested = fc
  .tuple(fc.constantFrom(...DEPTHS), fc.constantFrom(...NESTS), fc.boolean())
  .map(([depth, [open, close], isClosed]) => {
    const times = depth / (open.startsWith('[{') ? 2 : 1);
    return open.repeat(times) + (isClosed ? `1${close.repeat(times)}` : '');
  });

/** A deep body. Nothing is ever cut out of it, since it would end at any depth. */
export const deepJson: Arbitrary<Buffer> = fc
  .tuple(nested, fc.constantFrom('{"prompt":"hi","x":#}', '#', '{"x":#}'))
  .map(([value, around]) => Buffer.from(around.replace('#', value)));

/** Lists that Pydantic 1 takes for a dict. */
const pairLists = enclosed(
  '[]',
  fc.array(
    fc.constantFrom(
      ...['["prompt","hi"]', '["prompt",5]', '"ab"', '["n",1]', '{"prompt":1,"n":2}', '[1,2]'],
      'null',
    ),
    { minLength: 1, maxLength: 3 },
  ),
);

/** JSON for a function: what it asks for, more or less. */
export function jsonFor(definition: FunctionInput): Arbitrary<string> {
  return fc.oneof(
    { weight: 43, arbitrary: objectFor(definition, 1) },
    { weight: 39, arbitrary: objectFor(definition, 20) },
    { weight: 10, arbitrary: anyValue },
    { weight: 6, arbitrary: fc.constantFrom('{}', 'null', 'null', '[]', '""', '0', 'true') },
    { weight: 4, arbitrary: pairLists },
  );
}

function objectFor(definition: FunctionInput, wildness: number): Arbitrary<string> {
  const { parameters } = functionSchema.parse(definition);
  if (parameters.kind !== 'model') return enclosed('{}', anyPairs(4));
  const fields = parameters.fields.map(({ name, type, default: value }) => {
    const present = pair(fc.constant(`"${name}"`), typedValue(formatType(type), wildness));
    const absentPercent = value === undefined ? Math.min(wildness, 7) : 50;
    return fc.oneof(
      { withCrossShrink: true },
      { weight: absentPercent, arbitrary: fc.constant<string[]>([]) },
      { weight: 100 - absentPercent, arbitrary: present.map((text) => [text]) },
      { weight: 2, arbitrary: fc.tuple(present, present) },
    );
  });
  const extras = mostly<readonly string[]>([], 35, anyPairs(2));
  const members = fc
    .tuple(fc.tuple(...fields), extras, fc.nat({ max: 3 }))
    .map(([known, more, turn]) => {
      const all = [...known.flat(), ...more];
      return [...all.slice(turn), ...all.slice(0, turn)];
    });
  return enclosed('{}', members);
}

const edit = fc.record({
  at: fc.nat({ max: 999 }),
  removed: fc.constantFrom(0, 1, 2, 5, Number.POSITIVE_INFINITY),
  added: mostly('', 65, fc.constantFrom(...JUNK)),
});

/** A text with a few slips in it. */
export function mutated(original: Arbitrary<string>): Arbitrary<string> {
  const edits = fc.array(edit, { minLength: 1, maxLength: 3 });
  return fc.tuple(original, edits).map(([text, slips]) =>
    slips.reduce((changed, { at, removed, added }) => {
      const index = Math.floor((at / 1000) * (changed.length + 1));
      return changed.slice(0, index) + added + changed.slice(index + removed);
    }, text),
  );
}
