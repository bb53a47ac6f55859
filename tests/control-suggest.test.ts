import { expect, test } from 'vitest';
import { didYouMean, suggest } from '../src/contract/suggest.ts';

const words = ['status', 'path', 'prompt', 'promptContains', 'requests/wait', 'echo', 'hello'];

test.each([
  ['stauts', 'status'],
  ['paht', 'path'],
  ['pth', 'path'],
  ['PATH', 'path'],
  ['promt', 'prompt'],
  ['promptcontain', 'promptContains'],
  ['request/wait', 'requests/wait'],
  ['ehco', 'echo'],
  ['helo', 'hello'],
  ['path', 'path'],
  ['xyz', null],
  ['p', null],
  ['', null],
  ['x'.repeat(10_000), null],
])('suggest(%j) is %j', (word, expected) => {
  expect(suggest(word, words)).toBe(expected);
});

test('the nearest wins, the first of equals', () => {
  expect(suggest('abcd', ['abxx', 'abce', 'abcf'])).toBe('abce');
  expect(suggest('abc', [])).toBe(null);
  expect(suggest('x', ['y'])).toBe(null);
});

test('didYouMean is a question or nothing', () => {
  expect(didYouMean('helo', words)).toBe(' Did you mean "hello"?');
  expect(didYouMean('xyz', words)).toBe('');
});
