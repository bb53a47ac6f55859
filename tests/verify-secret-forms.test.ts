import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskReport } from '../src/verify/pact/mask-report.ts';
import { readEngineReport } from '../src/verify/pact/read-report.ts';
import { createSecrets, MASK, secretsOfHeaders } from '../src/verify/secrets.ts';
import { answer } from './verify/emulator-transport.ts';
import { scripted } from './verify/scripted-transport.ts';
import { verifyWith } from './verify/verify-with.ts';

/** What an endpoint, a proxy or a library may make of a secret on the way to an answer. */
const FORMS: Readonly<Record<string, (secret: string) => string>> = {
  'lower case': (secret) => secret.toLowerCase(),
  'upper case': (secret) => secret.toUpperCase(),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  'base64 for URLs': (secret) => Buffer.from(secret).toString('base64url'),
  'base64, behind one byte': (secret) => Buffer.from(`:${secret}:`).toString('base64'),
  'base64, behind two': (secret) => Buffer.from(`a:${secret}:`).toString('base64'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
  'a URL': encodeURIComponent,
  'a form': (secret) => new URLSearchParams({ secret }).toString().slice('secret='.length),
  'a URL in a URL': (secret) => encodeURIComponent(encodeURIComponent(secret)),
};

const secrets = fc
  .string({ unit: fc.constantFrom(...'abcXYZ0189-_.:/+=&"\'% ~'), minLength: 16, maxLength: 40 })
  .map((text) => `s${text.trim()}e`);

/** Eight characters in a row are more than a secret may lose. */
function piecesOf(form: string): readonly string[] {
  return Array.from({ length: form.length - 7 }, (_, at) => form.slice(at, at + 8));
}

/** Where a text is clipped in the middle of what an endpoint repeats. */
const PLACES: Readonly<Record<string, (form: string) => ReturnType<typeof answer>>> = {
  'a crash': (form) => answer(500, `${'x'.repeat(185)}"${form}"`),
  'an answer': (form) => answer(200, JSON.stringify({ prompt: `${'x'.repeat(70)}${form}` })),
  'a packed answer': (form) =>
    answer(200, gzipSync(JSON.stringify({ prompt: `${'x'.repeat(70)}${form}` })), [
      ['content-type', 'application/json'],
      ['content-encoding', 'gzip'],
    ]),
  'a redirect': (form) => answer(302, '', [['location', `/${'x'.repeat(65)}${form}`]]),
};

describe.each(Object.entries(PLACES))('a secret in %s', (_place, tell) => {
  test.each(Object.entries(FORMS))('as %s is not told, nor a part of it', async (_form, make) => {
    await fc.assert(
      fc.asyncProperty(secrets, async (secret) => {
        const form = make(secret);
        const { transport } = scripted(() => tell(form));
        const { results } = await verifyWith(transport, { headers: [['X-Token', secret]] });
        const told = JSON.stringify(results);
        const shown = JSON.stringify(form).slice(1, -1);
        expect(piecesOf(shown).filter((piece) => told.includes(piece))).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });
});

describe('Basic credentials', () => {
  const encoded = Buffer.from('someone:pass word 1').toString('base64');
  const { redact } = createSecrets(secretsOfHeaders([['Authorization', `Basic ${encoded}`]]));

  test.each([
    ['bad login someone:pass word 1', `bad login ${MASK}`],
    ["no user with 'PASS WORD 1'", `no user with '${MASK}'`],
    ['?p=pass%20word%201', `?p=${MASK}`],
    ['?p=pass+word+1', `?p=${MASK}`],
    [`got ${encoded}`, `got ${MASK}`],
  ])('%s', (text, masked) => {
    expect(redact(text)).toBe(masked);
  });

  test('of any kind are hidden', () => {
    fc.assert(
      fc.property(
        fc
          .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
          .filter((text) => !/[:\p{C}\ufffd]/u.test(text)),
        secrets,
        (user, password) => {
          const basic = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
          const mask = createSecrets(secretsOfHeaders([['Proxy-Authorization', basic]]));
          expect(mask.redact(`a ${user}:${password} b ${password} c`)).toBe(
            `a ${MASK} b ${MASK} c`,
          );
        },
      ),
    );
  });
});

describe('a value that is too short for a text', () => {
  const mask = createSecrets(secretsOfHeaders([['X-Pin', '123']]));

  test.each(['X-Pin: 123', 'x-pin=123', '{"X-Pin":"123"}', '["x-pin", "123"]'])(
    'is masked beside its name: %s',
    (text) => {
      expect(mask.redact(text)).not.toContain('123');
    },
  );

  test('is masked in a header, and stays elsewhere', () => {
    expect(mask.redactHeader('123')).toBe(MASK);
    expect(mask.redactHeader('pin 123; max=1234')).toBe(`pin ${MASK}; max=1234`);
    expect(mask.redact('line 123')).toBe('line 123');
  });
});

test('a mask covers secrets that overlap, and nothing else', () => {
  const { redact, redactBytes } = createSecrets(['abcdef', 'defghi']);
  expect(redact('-abcdefghi-İABCDEF-')).toBe(`-${MASK}-İ${MASK}-`);
  const bytes = new Uint8Array([0, 255, ...Buffer.from('ABCDEF'), 128, 10]);
  expect([...redactBytes(bytes)]).toEqual([0, 255, ...Buffer.from(MASK), 128, 10]);
  const plain = new Uint8Array([1, 2, 3]);
  expect(redactBytes(plain)).toBe(plain);
});

test('what an engine says of an answer is masked, and the name of the interaction is not', () => {
  const secret = 'ws-Secret-0123';
  const report = readEngineReport({
    interactionResults: [
      {
        description: `a ${secret}`,
        result: 'FAILED',
        mismatch: {
          mismatches: [
            { type: 'BodyTypeMismatch', actual: `text/${secret.toLowerCase()}`, expected: 'a/b' },
            { type: 'HeaderMismatch', key: 'X-Pin', actual: '123', mismatch: `got ${secret}` },
          ],
        },
      },
    ],
    errors: [{ mismatch: { message: `no ${secret}` } }],
  });
  const headers = [
    ['Modal-Secret', secret],
    ['X-Pin', '123'],
  ] as const;
  if (report === null) throw new Error('the report was not read');
  expect(maskReport(report, createSecrets(secretsOfHeaders(headers)))).toMatchObject({
    complaints: [`no ${MASK}`],
    results: [
      {
        description: `a ${secret}`,
        mismatches: [
          { kind: 'content-type', actual: `text/${MASK}`, expected: 'a/b' },
          { kind: 'header', path: 'X-Pin', actual: MASK, text: `got ${MASK}` },
        ],
      },
    ],
  });
});
