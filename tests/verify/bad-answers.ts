import { deflateSync, gzipSync } from 'node:zlib';
import type { ProbeAnswer } from '../../src/verify/index.ts';
import type { ProblemCode } from '../../src/verify/problems.ts';
import type { Alter } from './emulator-transport.ts';

/** One way to spoil the answers to good requests: the check and the code that it is caught by. */
export interface BadAnswer {
  readonly name: string;
  readonly check: string;
  readonly code: ProblemCode;
  readonly alter: Alter;
}

const utf8 = new TextEncoder();

/** The answer with another body. */
export function withBody(answer: ProbeAnswer, body: string | Uint8Array): ProbeAnswer {
  return { ...answer, body: typeof body === 'string' ? utf8.encode(body) : body };
}

/** The answer with a header set, or without it. */
export function withHeader(answer: ProbeAnswer, name: string, value: string | null): ProbeAnswer {
  const others = answer.headers.filter(([known]) => known.toLowerCase() !== name);
  return { ...answer, headers: value === null ? others : [...others, [name, value]] };
}

/** Spoils answers of status 200 only: the others are as they must be. */
export function onGood(alter: Alter): Alter {
  return (answer, request) => (answer.status === 200 ? alter(answer, request) : answer);
}

/** Spoils the text of the answer. */
export function onText(change: (text: string) => unknown): Alter {
  return onGood((answer) => {
    const { prompt } = JSON.parse(new TextDecoder().decode(answer.body)) as { prompt: string };
    return withBody(answer, JSON.stringify({ prompt: change(prompt) }));
  });
}

const bodyIs = (body: string | Uint8Array) => onGood((answer) => withBody(answer, body));
const changed = (change: (json: string) => string) =>
  onGood((answer) => withBody(answer, change(new TextDecoder().decode(answer.body))));
const bytes = (change: (body: Uint8Array) => Uint8Array) =>
  onGood((answer) => withBody(answer, change(answer.body)));
const header = (name: string, value: string | null) =>
  onGood((answer) => withHeader(answer, name, value));
const status = (code: number, headers: ProbeAnswer['headers'] = []) =>
  onGood((answer) => ({ ...answer, status: code, headers: [...answer.headers, ...headers] }));
const utf16 = (text: string) =>
  Uint8Array.from(
    [...text].flatMap((unit) => [unit.charCodeAt(0) & 0xff, unit.charCodeAt(0) >> 8]),
  );
const latin1 = (text: string) => Uint8Array.from(text, (unit) => unit.charCodeAt(0) & 0xff);
const packed = (pack: (body: Uint8Array) => Uint8Array, encoding: string): Alter =>
  onGood((answer) => withHeader(withBody(answer, pack(answer.body)), 'content-encoding', encoding));

/** Packed and unpacked as it should be: no problem at all. */
export const WELL_PACKED: readonly (readonly [string, Alter])[] = [
  ['gzip', packed(gzipSync, 'gzip')],
  ['deflate', packed(deflateSync, 'deflate')],
  ['GZIP', packed(gzipSync, 'GZIP')],
  ['identity', header('content-encoding', 'identity')],
  ['a charset', header('content-type', 'application/json; charset=utf-8')],
  ['another case', header('content-type', 'Application/JSON;Charset="UTF-8"')],
  ['space around', changed((json) => `\n ${json} \r\n\t`)],
  [
    'escapes',
    changed((json) =>
      json.replace(
        /[^\0-\x7e]/g,
        (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
      ),
    ),
  ],
  [
    'other keys',
    changed((json) =>
      json.replace(
        '{',
        '{"id": 1, "more": [NaN_IN_A_STRING], '.replace('NaN_IN_A_STRING', '"NaN, {Infinity"'),
      ),
    ),
  ],
];

/** What can be wrong with head and JSON. */
export const BAD_ANSWERS: readonly BadAnswer[] = [
  { name: 'status 201', check: 'status', code: 'status-not-200', alter: status(201) },
  { name: 'status 404', check: 'status', code: 'path-not-found', alter: status(404) },
  {
    name: 'status 405',
    check: 'status',
    code: 'method-refused',
    alter: status(405, [['allow', 'GET']]),
  },
  { name: 'status 422', check: 'status', code: 'request-refused', alter: status(422) },
  { name: 'status 500', check: 'status', code: 'server-error', alter: status(500) },
  {
    name: 'no type',
    check: 'content-type',
    code: 'content-type-missing',
    alter: header('content-type', null),
  },
  {
    name: 'text/html',
    check: 'content-type',
    code: 'content-type-wrong',
    alter: header('content-type', 'text/html'),
  },
  {
    name: 'two types',
    check: 'content-type',
    code: 'content-type-wrong',
    alter: onGood((answer) => ({
      ...answer,
      headers: [...answer.headers, ['content-type', 'text/html']],
    })),
  },
  {
    name: 'latin-1',
    check: 'content-type',
    code: 'charset-wrong',
    alter: header('content-type', 'application/json; charset=iso-8859-1'),
  },
  {
    name: 'br',
    check: 'content-encoding',
    code: 'encoding-unasked',
    alter: header('content-encoding', 'br'),
  },
  {
    name: 'gzip, br',
    check: 'content-encoding',
    code: 'encoding-unasked',
    alter: header('content-encoding', 'gzip, br'),
  },
  {
    name: 'gzip on plain bytes',
    check: 'content-encoding',
    code: 'encoding-mismatch',
    alter: header('content-encoding', 'gzip'),
  },
  {
    name: 'gzip unsaid',
    check: 'content-encoding',
    code: 'encoding-undeclared',
    alter: bytes(gzipSync),
  },
  {
    name: 'a gzip bomb',
    check: 'content-encoding',
    code: 'unpacks-too-large',
    alter: packed(() => gzipSync(new Uint8Array(9 * 1024 * 1024)), 'gzip'),
  },
  {
    name: 'a greater gzip bomb',
    check: 'content-encoding',
    code: 'unpacks-too-large',
    alter: packed(() => gzipSync(new Uint8Array(65 * 1024 * 1024)), 'gzip'),
  },
  {
    name: 'bytes that are no UTF-8',
    check: 'utf-8',
    code: 'not-utf-8',
    alter: bytes((body) => Uint8Array.from([...body.subarray(0, -2), 0xff, 0x22, 0x7d])),
  },
  {
    name: 'UTF-16',
    check: 'utf-8',
    code: 'not-utf-8',
    alter: bytes((body) => utf16(new TextDecoder().decode(body))),
  },
  {
    name: 'a byte order mark',
    check: 'utf-8',
    code: 'bom',
    alter: changed((json) => `\ufeff${json}`),
  },
  { name: 'no body', check: 'json', code: 'body-empty', alter: bodyIs('') },
  { name: 'a line break', check: 'json', code: 'body-empty', alter: bodyIs('\n') },
  { name: 'HTML', check: 'json', code: 'html', alter: bodyIs('<!doctype html><p>Hello') },
  { name: 'text', check: 'json', code: 'plain-text', alter: bodyIs('The sky is blue.') },
  {
    name: 'events',
    check: 'json',
    code: 'event-stream',
    alter: changed((json) => `data: ${json}\n\n`),
  },
  {
    name: 'JSON lines',
    check: 'json',
    code: 'json-lines',
    alter: changed((json) => `${json}\n${json}\n`),
  },
  {
    name: 'cut off in the text',
    check: 'json',
    code: 'json-truncated',
    alter: changed((json) => json.slice(0, -5)),
  },
  {
    name: 'cut off behind it',
    check: 'json',
    code: 'json-truncated',
    alter: changed((json) => json.slice(0, -1)),
  },
  {
    name: 'cut off behind an emoji',
    check: 'json',
    code: 'json-truncated',
    alter: bodyIs('{"prompt": "😀😀😀"'),
  },
  {
    name: 'garbage behind',
    check: 'json',
    code: 'json-trailing-garbage',
    alter: changed((json) => `${json}}`),
  },
  {
    name: "Python's repr",
    check: 'json',
    code: 'json-invalid',
    alter: bodyIs("{'prompt': 'hello'}"),
  },
  {
    name: 'a comma too much',
    check: 'json',
    code: 'json-invalid',
    alter: changed((json) => json.replace(/\}$/, ',}')),
  },
  {
    name: 'NaN',
    check: 'json',
    code: 'json-nan',
    alter: changed((json) => json.replace('{', '{"score": NaN, ')),
  },
  {
    name: 'minus infinity',
    check: 'json',
    code: 'json-nan',
    alter: changed((json) => json.replace('{', '{"score": [-Infinity], ')),
  },
  {
    name: 'a key twice',
    check: 'json',
    code: 'json-duplicate-keys',
    alter: changed((json) => json.replace('{', '{"prompt": "", ')),
  },
  {
    name: 'a key twice, one of them escaped',
    check: 'json',
    code: 'json-duplicate-keys',
    alter: changed((json) => json.replace('{', '{"\\u0070rompt": "", ')),
  },
  {
    name: 'a key twice inside',
    check: 'json',
    code: 'json-duplicate-keys',
    alter: changed((json) => json.replace('{', '{"a": [{"b": {}, "c": 1, "b": 2}], ')),
  },
  {
    name: 'great depth',
    check: 'json',
    code: 'json-too-deep',
    alter: changed((json) => json.replace('{', `{"a": ${'['.repeat(2000)}${']'.repeat(2000)}, `)),
  },
  {
    name: 'a huge number',
    check: 'json',
    code: 'json-huge-number',
    alter: changed((json) => json.replace('{', `{"a": ${'9'.repeat(5000)}, `)),
  },
  {
    name: 'a million lists',
    check: 'json',
    code: 'json-too-many-values',
    alter: changed((json) => json.replace('{', `{"a": [${'[],'.repeat(500_001)}[]], `)),
  },
  {
    name: 'half a million escapes',
    check: 'json',
    code: 'json-too-many-values',
    alter: bodyIs(`{"prompt": "${'\\n'.repeat(500_000)}"}`),
  },
  {
    name: 'JSON in JSON',
    check: 'json',
    code: 'json-double-encoded',
    alter: changed(JSON.stringify),
  },
  { name: 'a bare string', check: 'shape', code: 'answer-not-object', alter: bodyIs('"hello"') },
  {
    name: 'a list',
    check: 'shape',
    code: 'answer-not-object',
    alter: changed((json) => `[${json}]`),
  },
  { name: 'null', check: 'shape', code: 'answer-not-object', alter: bodyIs('null') },
  { name: 'an empty object', check: 'shape', code: 'key-missing', alter: bodyIs('{}') },
  {
    name: 'an unknown key',
    check: 'shape',
    code: 'key-missing',
    alter: changed((json) => json.replace('prompt', 'speech')),
  },
  {
    name: 'a key in another case',
    check: 'shape',
    code: 'key-case',
    alter: changed((json) => json.replace('prompt', 'Prompt')),
  },
  {
    name: 'half a character',
    check: 'shape',
    code: 'value-surrogate',
    alter: changed((json) => json.replace(/"\}$/, '\\ud83d"}')),
  },
  {
    name: 'another key',
    check: 'shape',
    code: 'key-other',
    alter: changed((json) => json.replace('prompt', 'response')),
  },
  { name: 'a text that is null', check: 'shape', code: 'value-null', alter: onText(() => null) },
  { name: 'a text that is true', check: 'shape', code: 'value-boolean', alter: onText(() => true) },
  {
    name: 'a text that is a number',
    check: 'shape',
    code: 'value-number',
    alter: onText(() => 1.5),
  },
  {
    name: 'a text that is a list',
    check: 'shape',
    code: 'value-list',
    alter: onText((text) => [text]),
  },
  {
    name: 'a text that is an object',
    check: 'shape',
    code: 'value-object',
    alter: onText((text) => ({ text })),
  },
  {
    name: 'characters of one byte',
    check: 'extra-keys',
    code: 'not-utf-8',
    alter: bytes((body) => latin1(new TextDecoder().decode(body))),
  },
];
