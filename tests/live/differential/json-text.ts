import fc, { type Arbitrary } from 'fast-check';
import { mostly } from './chance.ts';
import { KEYS, NUMBERS, ODD_NUMBERS, STRINGS } from './pools.ts';

/** Mostly texts that once made a difference, sometimes whatever Unicode has. */
export const text: Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...STRINGS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
);

const space = mostly('', 20, fc.constantFrom(' ', '\n', '\t', '  ', '\r\n'));

const SPELLINGS = ['plain', 'escaped', 'ESCAPED', 'short', 'mixed'] as const;

type Spelling = (typeof SPELLINGS)[number];

const spelling = mostly<Spelling>('plain', 30, fc.constantFrom(...SPELLINGS));

const SHORT: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
  '\r': '\\r',
  '/': '\\/',
};

/** One spelling of a string in JSON; half a surrogate pair has only the escaped one. */
export function spell(value: string, how: Spelling): string {
  const units = value.split('').map((unit, index) => {
    if (unit === '"' || unit === '\\') return `\\${unit}`;
    const code = unit.charCodeAt(0);
    const isEscaped = how === 'escaped' || how === 'ESCAPED' || (how === 'mixed' && index % 2 > 0);
    const isHalf = !unit.isWellFormed() && !isPaired(value, index);
    if (code < 32 || (how === 'short' && unit === '/')) {
      return (how === 'escaped' ? undefined : SHORT[unit]) ?? escapeOf(code, how);
    }
    return isEscaped || isHalf ? escapeOf(code, how) : unit;
  });
  // A pair that is escaped by half only is another text, which is as good.
  return `"${units.join('')}"`;
}

function isPaired(value: string, index: number): boolean {
  return (
    value.slice(index, index + 2).isWellFormed() || value.slice(index - 1, index + 1).isWellFormed()
  );
}

function escapeOf(code: number, how: Spelling): string {
  const hex = code.toString(16).padStart(4, '0');
  return `\\u${how === 'ESCAPED' ? hex.toUpperCase() : hex}`;
}

/** A string in quotes. */
export function quoted(value: Arbitrary<string>): Arbitrary<string> {
  return fc.tuple(value, spelling).map(([known, how]) => spell(known, how));
}

/** Items between brackets, with white space here and there. */
export function enclosed(brackets: '[]' | '{}', items: Arbitrary<readonly string[]>) {
  return fc.tuple(items, space, space).map(([known, before, after]) => {
    const inside = known.join(`${before},${after}`);
    return `${brackets[0]}${after}${inside}${before}${brackets[1]}`;
  });
}

/** A key with its value. */
export function pair(key: Arbitrary<string>, value: Arbitrary<string>): Arbitrary<string> {
  return fc.tuple(key, space, space, value).map(([known, before, after, text]) => {
    return `${known}${before}:${after}${text}`;
  });
}

const anyKey = quoted(
  fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: text }),
);

/** Any key with any value that is no container, or not a deep one. */
export function anyPairs(maxLength: number): Arbitrary<readonly string[]> {
  return fc.array(pair(anyKey, anyValue), { maxLength });
}

/** Any JSON value, up to three containers deep. */
export const anyValue: Arbitrary<string> = valueUpTo(3);

function valueUpTo(depth: number): Arbitrary<string> {
  const flat = [
    { weight: 12, arbitrary: fc.constantFrom('null', 'true', 'false') },
    { weight: 30, arbitrary: quoted(text) },
    { weight: 25, arbitrary: fc.constantFrom(...NUMBERS) },
    { weight: 3, arbitrary: fc.constantFrom(...ODD_NUMBERS) },
  ];
  if (depth === 0) return fc.oneof({ withCrossShrink: true }, ...flat);
  const inner = valueUpTo(depth - 1);
  const items = fc.array(inner, { maxLength: 3 });
  const pairs = fc.array(pair(anyKey, inner), { maxLength: 3 });
  return fc.oneof(
    { withCrossShrink: true },
    ...flat,
    { weight: 15, arbitrary: enclosed('[]', items) },
    { weight: 15, arbitrary: enclosed('{}', pairs) },
  );
}
