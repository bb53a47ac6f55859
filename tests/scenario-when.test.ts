import { describe, expect, test } from 'vitest';
import { compilePattern, PATTERN_TEXT_MAX, PatternError } from '../src/scenarios/pattern.ts';
import {
  type Asking,
  exchangeOf,
  mistakesIn,
  reply,
  runOf,
  struck,
  testSchema,
} from './scenario-world.ts';

const core = () => reply('fine');

/** Whether a step with this condition strikes the first of such requests. */
function holds(when: object, asking: Asking): boolean {
  const { decision } = runOf([{ when, fault: 'noop' }]).apply(exchangeOf(asking), core);
  return struck(decision).length === 1;
}

describe('a condition on', () => {
  const weather = { prompt: 'How is the Weather?' };
  const tagged = { headers: { 'x-user': 'ann', 'x-empty': '' } };
  const extras = { extras: { n: 2, stream: true, stop: null, model: 'small', deep: { a: 1 } } };

  test.each<readonly [when: object, asking: Asking, expected: boolean]>([
    [{ prompt: 'How is the Weather?' }, weather, true],
    [{ prompt: 'weather' }, weather, false],
    [{ prompt: '/weather/i' }, weather, true],
    [{ prompt: '/weather/' }, weather, false],
    [{ prompt: '/^How .* [a-z]+\\?$/i' }, weather, true],
    [{ prompt: { contains: 'Weather' } }, weather, true],
    [{ prompt: { contains: 'weather' } }, weather, false],
    [{ prompt: { startsWith: 'How', endsWith: '?' } }, weather, true],
    [{ prompt: { startsWith: 'How', endsWith: '!' } }, weather, false],
    [{ prompt: { equals: '/weather/i' } }, { prompt: '/weather/i' }, true],
    [{ prompt: '/help' }, { prompt: '/help' }, true],
    [{ prompt: '//' }, { prompt: '//' }, true],
    [{ prompt: { contains: '' } }, { prompt: null }, false],
    [{ prompt: '/.*/' }, { prompt: null }, false],
    [{ header: 'X-User' }, tagged, true],
    [{ header: 'x-empty' }, tagged, true],
    [{ header: 'x-other' }, tagged, false],
    [{ header: { 'X-USER': 'ann' } }, tagged, true],
    [{ header: { 'x-user': 'bob' } }, tagged, false],
    [{ header: { 'x-user': '/^a/', 'x-other': false } }, tagged, true],
    [{ header: { 'x-user': false } }, tagged, false],
    [{ header: { 'x-other': { contains: '' } } }, tagged, false],
    [{ extra: 'stop' }, extras, true],
    [{ extra: 'toString' }, extras, false],
    [{ extra: { n: 2, stream: true, stop: null, model: { endsWith: 'all' } } }, extras, true],
    [{ extra: { n: 3 } }, extras, false],
    [{ extra: { model: 2 } }, extras, false],
    [{ extra: { deep: 'a' } }, extras, false],
    [{ extra: { missing: null } }, extras, false],
    [{ extra: { n: 2 } }, { target: '/?n=2', method: 'GET', body: '' }, true],
    [{ extra: 'n' }, { target: '/?m=2', body: 'no json' }, false],
    [{ attempt: 1, ordinal: 1 }, {}, true],
    [{ attempt: 2 }, {}, false],
    [{ ordinal: [2, 3] }, {}, false],
    [{ attempt: { to: 3 } }, {}, true],
    [{ attempt: { from: 2 } }, {}, false],
    [{ prompt: '/weather/i', header: 'x-user' }, weather, false],
  ])('%j with %j: %s', (when, asking, expected) => {
    expect(holds(when, asking)).toBe(expected);
  });
});

describe('a pattern', () => {
  const EVIL = [
    '(a+)+$',
    '(a|a)*b',
    '(a|aa)+$',
    '([a-z]+)*\\d',
    '(.*)(.*)(.*)(.*)(.*)x',
    '(a?){50}a{50}b',
  ];

  test.each(EVIL)('%s takes no longer for a long text than its length asks for', (source) => {
    // Backtracking would not come back within the age of the universe.
    expect(compilePattern(source).test(`${'a'.repeat(PATTERN_TEXT_MAX - 1)}!`)).toBe(false);
  });

  test.each([
    ['a\\/b', 'a/b'],
    ['\\u0041\\u{1F600}', 'A😀'],
    ['^.$', '😀'],
    ['(?<word>\\w+) \\p{L}+', 'one été'],
    ['[^]', '\n'],
    ['a{,2}', 'a{,2}'],
  ])('is written as in JavaScript: %s', (source, text) => {
    expect(compilePattern(source, 'u').test(text)).toBe(true);
  });

  test('flags', () => {
    expect(compilePattern('^b.c$', 'ims').test('a\nB\nC')).toBe(true);
    expect(compilePattern('^b.c$', 'im').test('a\nB\nC')).toBe(false);
    expect(compilePattern('^b.c$', 'is').test('a\nB\nC')).toBe(false);
    expect(compilePattern('^b.c$', 'ms').test('a\nB\nC')).toBe(false);
  });

  test('is not tried on a text beyond the limit', () => {
    const pattern = compilePattern('a');
    expect(pattern.test('a'.repeat(PATTERN_TEXT_MAX))).toBe(true);
    expect(pattern.test('a'.repeat(PATTERN_TEXT_MAX + 1))).toBe(false);
  });

  test.each([
    ['(', '', /^is no regular expression: missing closing \)/],
    ['(?=a)b', '', /look-ahead, look-behind and back-references are left out/],
    ['(a)\\1', '', /back-references are left out/],
    ['(?<!a)b', '', /look-behind/],
    ['a', 'g', /^has the flag "g"; i, m, s and u are known$/],
    ['a{1001}', '', /^is no regular expression: invalid repeat count/],
    ['(?:a{1000}){1000}', '', /invalid repeat count/],
    ['(?:ab){600}', '', /^has \d+ states, more than 1000; repeat less in it$/],
    ['a'.repeat(301), '', /^has 301 characters, more than 300$/],
  ])('/%s/%s is refused: %s', (source, flags, reason) => {
    const compile = () => compilePattern(source, flags);
    expect(compile).toThrow(PatternError);
    expect(compile).toThrow(reason);
  });

  const withPatterns = (count: number, source: string) => ({
    steps: [
      {
        fault: 'noop',
        when: {
          header: Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`x-${at}`, 'a'])),
        },
      },
      ...Array.from({ length: count }, () => ({ fault: 'noop', when: { prompt: source } })),
    ],
  });

  test('its mistakes are told at the place', () => {
    expect(mistakesIn({ steps: [{ fault: 'noop', when: { prompt: '/a/b' } }] })).toEqual([
      'steps.0.when.prompt: has the flag "b"; i, m, s and u are known; ' +
        'for this very text, write { equals: "..." }.',
    ]);
  });

  test('there are only so many, and they are only so large together', () => {
    expect(mistakesIn(withPatterns(100, '/a/'), testSchema)).toEqual([]);
    expect(mistakesIn(withPatterns(101, '/a/'), testSchema)).toEqual([
      'steps: hold 101 regular expressions, more than 100; use "contains" where it will do.',
    ]);
    expect(mistakesIn(withPatterns(2, '/a{600}/'), testSchema)).toEqual([
      expect.stringMatching(
        /^steps: hold regular expressions of 12\d\d states together, more than/,
      ),
    ]);
  });
});
