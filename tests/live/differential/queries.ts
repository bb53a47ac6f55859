import fc, { type Arbitrary } from 'fast-check';
import type { Field, FieldType } from '../../../src/contract/annotation.ts';
import { atTimes, mostly } from './chance.ts';
import { text } from './json-text.ts';
import { QUERY_PARTS, QUERY_VALUES } from './pools.ts';
import { double, integer, switchWord } from './typed-values.ts';

const escaped = text.map((known) => encodeURIComponent(known.toWellFormed()));

function fitting(type: FieldType): Arbitrary<string> {
  if (type.kind === 'optional') return fitting(type.inner);
  if (type.kind === 'int') return integer;
  if (type.kind === 'float') return double.map(encodeURIComponent);
  return type.kind === 'bool' ? switchWord : escaped;
}

function partOf({ name, type }: Field): Arbitrary<string> {
  const value = fc.oneof(
    { weight: 80, arbitrary: fitting(type) },
    { weight: 10, arbitrary: fc.constantFrom(...QUERY_VALUES) },
    { weight: 5, arbitrary: escaped },
    { weight: 5, arbitrary: escaped.map((known) => known.replaceAll('%20', '+')) },
  );
  const sign = mostly('=', 5, fc.constantFrom('%3D', ''));
  return fc.tuple(sign, value).map(([between, known]) => name + between + known);
}

/** The route with a query string for the parameters: mostly with what they take. */
export function queryTarget(fields: readonly Field[]): Arbitrary<string> {
  const parts = fields.map((field) => {
    const part = partOf(field);
    const once = part.map((known): readonly string[] => [known]);
    const never = fc.constant<readonly string[]>([]);
    return fc.oneof(
      { withCrossShrink: true },
      { weight: 'default' in field ? 40 : 8, arbitrary: never },
      { weight: 'default' in field ? 60 : 92, arbitrary: once },
      { weight: 5, arbitrary: fc.tuple(part, part) },
    );
  });
  const others = atTimes(25, QUERY_PARTS);
  return fc.tuple(fc.tuple(...parts), others, fc.nat({ max: 2 })).map(([known, more, turn]) => {
    const all = [...known.flat(), ...more];
    const turned = [...all.slice(turn), ...all.slice(0, turn)];
    return turned.length === 0 ? '/' : `/?${turned.join('&')}`;
  });
}
