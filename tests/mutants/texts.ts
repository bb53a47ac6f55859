import { body, good, type Mutant, parse, withBody, withHeader } from './mutant.ts';

/** The bytes are not the UTF-8 that JSON is. */
export const ENCODING_MUTANTS: readonly Mutant[] = [
  {
    name: 'latin-1',
    summary: 'writes latin-1',
    expected: ['not-utf-8'],
    reply: body((whole) => Buffer.from(whole, 'latin1')),
  },
  {
    name: 'bom',
    summary: 'begins with a byte order mark',
    expected: ['bom'],
    reply: body((whole) => `\ufeff${whole}`),
  },
  {
    name: 'utf-16',
    summary: 'writes UTF-16',
    expected: ['not-utf-8'],
    reply: body((whole) => Buffer.from(`\ufeff${whole}`, 'utf16le')),
  },
  {
    name: 'surrogate-bytes',
    summary: 'writes half a character as bytes that UTF-8 does not have',
    expected: ['not-utf-8'],
    reply: body((whole) => {
      const bytes = Buffer.from(whole);
      return Buffer.concat([
        bytes.subarray(0, -2),
        Buffer.from([0xed, 0xa0, 0xbd]),
        bytes.subarray(-2),
      ]);
    }),
  },
  {
    name: 'lone-surrogate',
    summary: 'writes half a character with the escapes of JSON',
    expected: ['value-surrogate'],
    reply: body((whole) => `${whole.slice(0, -2)}\\ud83d"}`),
  },
  {
    name: 'cut-in-a-character',
    summary: 'cuts the text off in the middle of a character',
    expected: ['not-utf-8'],
    reply: body((whole) => {
      const bytes = Buffer.from(`${whole.slice(0, -2)}é`);
      return Buffer.concat([bytes.subarray(0, -1), Buffer.from('"}')]);
    }),
  },
];

/** The body is not one JSON object that everybody reads alike. */
export const JSON_MUTANTS: readonly Mutant[] = [
  {
    name: 'nan',
    summary: 'answers NaN beside the text, as Python writes it',
    expected: ['json-nan'],
    reply: body((whole) => `${whole.slice(0, -1)},"score":NaN}`),
  },
  {
    name: 'trailing-comma',
    summary: 'writes a comma too many',
    expected: ['json-invalid'],
    reply: body((whole) => `${whole.slice(0, -1)},}`),
  },
  {
    name: 'single-quotes',
    summary: "writes Python's repr",
    expected: ['json-invalid'],
    reply: body((whole) => `{'prompt': ${whole.slice(10, -1)}}`),
  },
  {
    name: 'double-encoded',
    summary: 'writes JSON as a string of JSON',
    expected: ['json-double-encoded'],
    reply: body((whole) => JSON.stringify(whole)),
  },
  {
    name: 'json-lines',
    summary: 'writes a line of JSON for each part',
    expected: ['json-lines'],
    reply: good((reply) => {
      const words = parse(reply).prompt.split(/(?<= )/);
      return withBody(reply, words.map((prompt) => `${JSON.stringify({ prompt })}\n`).join(''));
    }),
  },
  {
    name: 'events',
    summary: 'writes a stream of events',
    expected: ['event-stream', 'content-type-wrong'],
    reply: good((reply) => {
      const words = parse(reply).prompt.split(/(?<= )/);
      const events = words.map((prompt) => `data: ${JSON.stringify({ prompt })}\n\n`).join('');
      return withHeader(
        withBody(reply, `${events}data: [DONE]\n\n`),
        'content-type',
        'text/event-stream',
      );
    }),
  },
  {
    name: 'duplicate-key',
    summary: 'writes the key twice',
    expected: ['json-duplicate-keys'],
    reply: body((whole) => `{"prompt":"",${whole.slice(1)}`),
  },
  {
    name: 'truncated-json',
    summary: 'stops in the middle of the object, and gives the length of that',
    expected: ['json-truncated'],
    reply: body((whole, { random }) => whole.slice(0, random.integer(2, whole.length - 1))),
  },
  {
    name: 'trailing-garbage',
    summary: 'goes on after the object',
    expected: ['json-trailing-garbage'],
    reply: body((whole) => `${whole}</s>`),
  },
  {
    name: 'plain-text',
    summary: 'writes the text without JSON',
    expected: ['plain-text'],
    reply: good((reply) => withBody(reply, parse(reply).prompt)),
  },
  {
    name: 'html',
    summary: 'answers 200 with a page',
    expected: ['html', 'content-type-wrong'],
    reply: good((reply) =>
      withHeader(
        withBody(reply, '<!doctype html><html><body>Sign in</body></html>'),
        'content-type',
        'text/html',
      ),
    ),
  },
  {
    name: 'too-deep',
    summary: 'nests lists deeper than Python reads',
    expected: ['json-too-deep'],
    reply: body(
      (whole) => `${whole.slice(0, -1)},"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    ),
  },
  {
    name: 'huge-number',
    summary: 'answers an integer that Python does not read',
    expected: ['json-huge-number'],
    reply: body((whole) => `${whole.slice(0, -1)},"x":${'9'.repeat(5000)}}`),
  },
];
