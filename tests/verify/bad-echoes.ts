import type { BadAnswer } from './bad-answers.ts';
import { onText } from './bad-answers.ts';

const html = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#x27;');

const json = (text: string) => JSON.stringify(text).slice(1, -1);
const mojibake = (text: string) =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');

/** What can become of a prompt. All of it answers with a text, in the right place. */
export const BAD_ECHOES: readonly BadAnswer[] = [
  {
    name: 'nothing of it',
    check: 'echo',
    code: 'echo-missing',
    alter: onText(() => 'hello world'),
  },
  { name: 'an empty text', check: 'echo', code: 'echo-missing', alter: onText(() => '') },
  { name: 'trimmed', check: 'echo', code: 'echo-trimmed', alter: onText((text) => text.trim()) },
  {
    name: 'trimmed in front',
    check: 'echo',
    code: 'echo-trimmed',
    alter: onText((text) => text.trimStart()),
  },
  {
    name: 'one space',
    check: 'echo',
    code: 'echo-spaces',
    alter: onText((text) => text.replace(/\s+/g, ' ')),
  },
  {
    name: 'no space before a sign',
    check: 'echo',
    code: 'echo-spaces',
    alter: onText((text) => text.replace(/ ([&<])/g, '$1')),
  },
  {
    name: 'lower case',
    check: 'echo',
    code: 'echo-case',
    alter: onText((text) => text.toLowerCase()),
  },
  {
    name: 'upper case, trimmed',
    check: 'echo',
    code: 'echo-case',
    alter: onText((text) => text.toUpperCase().trim()),
  },
  {
    name: 'CRLF',
    check: 'echo',
    code: 'echo-line-ends',
    alter: onText((text) => text.replace(/\r?\n/g, '\r\n')),
  },
  {
    name: 'LF',
    check: 'non-ascii-prompt',
    code: 'echo-line-ends',
    alter: onText((text) => text.replaceAll('\r\n', '\n')),
  },
  { name: 'HTML', check: 'echo', code: 'echo-html-escaped', alter: onText(html) },
  {
    name: 'HTML, decimal',
    check: 'echo',
    code: 'echo-html-escaped',
    alter: onText((text) => text.replaceAll('"', '&#34;')),
  },
  { name: 'JSON', check: 'echo', code: 'echo-json-escaped', alter: onText(json) },
  { name: 'URL', check: 'echo', code: 'echo-url-encoded', alter: onText(encodeURIComponent) },
  {
    name: 'a form',
    check: 'echo',
    code: 'echo-url-encoded',
    alter: onText((text) => encodeURIComponent(text).replaceAll('%20', '+')),
  },
  {
    name: 'NFC',
    check: 'non-ascii-prompt',
    code: 'echo-normalized',
    alter: onText((text) => text.normalize('NFC')),
  },
  {
    name: 'NFD',
    check: 'extra-keys',
    code: 'echo-normalized',
    alter: onText((text) => text.normalize('NFD')),
  },
  { name: 'mojibake', check: 'extra-keys', code: 'echo-not-unicode', alter: onText(mojibake) },
  {
    name: 'question marks',
    check: 'extra-keys',
    code: 'echo-not-unicode',
    alter: onText((text) => text.replace(/[^\0-\x7f]/g, '?')),
  },
  {
    name: 'ASCII alone',
    check: 'extra-keys',
    code: 'echo-not-unicode',
    alter: onText((text) => text.replace(/[^\0-\x7f]/g, '')),
  },
  {
    name: 'the first 40 characters',
    check: 'echo',
    code: 'echo-truncated',
    alter: onText((text) => text.slice(0, 40)),
  },
  {
    name: 'the last 40 characters',
    check: 'echo',
    code: 'echo-truncated',
    alter: onText((text) => text.slice(-90)),
  },
  {
    name: 'the first 2000 characters',
    check: 'long-prompt',
    code: 'echo-truncated',
    alter: onText((text) => text.slice(0, 2000)),
  },
  {
    name: 'without the middle',
    check: 'long-prompt',
    code: 'echo-truncated',
    alter: onText((text) => (text.length > 4000 ? text.slice(0, 3000) + text.slice(-3000) : text)),
  },
  {
    name: 'without a sign',
    check: 'echo',
    code: 'echo-changed',
    alter: onText((text) => text.replace('&', 'and')),
  },
  {
    name: 'in reverse order',
    check: 'echo',
    code: 'echo-changed',
    alter: onText((text) => text.split(' ').reverse().join(' ')),
  },
];
