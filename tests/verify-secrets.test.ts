import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEmulator } from '../src/emulator/index.ts';
import type { Exchanged, Report } from '../src/verify/index.ts';
import { secretsOfHeaders } from '../src/verify/secrets.ts';
import { answer, emulatorTransport } from './verify/emulator-transport.ts';
import { failure, scripted } from './verify/scripted-transport.ts';
import { URL_OF_TEST, verifyWith } from './verify/verify-with.ts';

/** Every text of a report that is made from what was seen. */
function textsOf(report: Report): readonly string[] {
  const texts = report.results.flatMap(({ reason, consequence, hint, curl }) => [
    reason,
    consequence,
    hint,
    curl,
  ]);
  return [report.url, ...texts.filter((text) => text !== null)];
}

const json = (value: unknown) => JSON.stringify(value);
const python = (text: string) =>
  text.replace(/[^\x20-\x7e]/g, (unit) => `\\u00${unit.charCodeAt(0).toString(16)}`);

/** Endpoints that tell everybody what they were told. */
const TELLTALES: Readonly<Record<string, (secret: string) => Exchanged>> = {
  'as the text': (secret) => answer(200, json({ prompt: `a${secret}` })),
  'behind a text that is clipped': (secret) =>
    answer(200, json({ prompt: 'x'.repeat(70) + secret })),
  'as a key': (secret) => answer(200, json({ [secret]: 'text' })),
  'in ASCII': (secret) => answer(200, python(json({ prompt: [secret] }))),
  'with slashes escaped': (secret) => answer(200, json({ prompt: secret }).replaceAll('/', '\\/')),
  'as a bare text': (secret) => answer(200, `You are ${secret}!`),
  'as a list that Python shows': (secret) =>
    answer(200, json({ prompt: [secret, 'x'.repeat(100)] })),
  'in a crash': (secret) => answer(500, `KeyError: '${secret}'`),
  'in HTML': (secret) =>
    answer(500, secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
  'by the front': (secret) =>
    answer(401, `modal-http: invalid credentials for proxy authorization ${secret}`),
  'as its type': (secret) => answer(200, '{}', [['content-type', secret]]),
  'as its encoding': (secret) => answer(200, '{}', [['content-encoding', secret]]),
  'in Allow': (secret) => answer(405, '', [['allow', secret]]),
  'in Retry-After': (secret) => answer(429, '', [['retry-after', secret]]),
  'in a redirect': (secret) => answer(307, '', [['location', `/${encodeURIComponent(secret)}`]]),
  'in a redirect to a host': (secret) =>
    answer(303, '', [['location', `https://x.example/${secret}`]]),
  packed: (secret) =>
    answer(200, gzipSync(json({ prompt: 1, secret })), [['content-encoding', 'gzip']]),
  'in a 422': (secret) =>
    answer(422, json({ detail: [{ loc: [secret], msg: secret, type: secret }] })),
  'by the transport': (secret) => failure('not-http', `The answer is "${secret}".`),
};

const CHARACTERS = 'abcXYZ0189-_.:/+=&<>"\'\\%$ é';

const anySecret = fc
  .string({ unit: fc.constantFrom(...CHARACTERS), minLength: 16, maxLength: 40 })
  .map((text) => `s${text.trim()}e`);

/** Eight characters in a row are more than a secret may lose. */
function piecesOf(secret: string): readonly string[] {
  return Array.from({ length: secret.length - 7 }, (_, at) => secret.slice(at, at + 8));
}

describe.each(Object.entries(TELLTALES))('a secret told %s', (_name, tell) => {
  test('is in no report, and no part of it', async () => {
    await fc.assert(
      fc.asyncProperty(anySecret, fc.boolean(), async (secret, isInUrl) => {
        const { transport } = scripted(() => tell(secret));
        const url = `${URL_OF_TEST}?token=${encodeURIComponent(secret)}`;
        const report = await verifyWith(
          transport,
          isInUrl ? { url } : { headers: [['X-Token', secret]] },
        );
        const told = textsOf(report).join('\n');
        expect(piecesOf(secret).filter((piece) => told.includes(piece))).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

test('the parts of a header are secrets, too', () => {
  const headers = [
    ['Authorization', 'Bearer wk-12345.ws-67890'],
    ['Cookie', 'session=abcdefgh; theme=dark'],
    ['Accept', 'application/json'],
  ] as const;
  expect(secretsOfHeaders(headers)).toEqual([
    'Bearer wk-12345.ws-67890',
    'wk-12345.ws-67890',
    'session=abcdefgh; theme=dark',
    'abcdefgh',
  ]);
});

test('a header whose value is a word of the contract raises no false alarm', async () => {
  const transport = emulatorTransport(createEmulator({ answer: 'echo' }));
  const words = ['prompt', 'Question', 'Answer: ', 'detail', 'application/json', 'body', 'POST'];
  for (const word of words) {
    const report = await verifyWith(transport, { headers: [['X-Word', word]] });
    expect(report.verdict, word).toBe('passed');
  }
});
