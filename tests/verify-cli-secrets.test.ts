import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Endpoint, startBroken } from './verify-cli/endpoints.ts';
import { verify } from './verify-cli/run.ts';

let folder: string;
let endpoint: Endpoint;
let requests = 0;

/** Tells whoever asks everything that it was told, in every place where an answer has one. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-secrets-'));
  endpoint = await startBroken((request, response, body) => {
    requests += 1;
    const told = JSON.stringify({ url: request.url, headers: request.rawHeaders });
    response.setHeader(
      'x-told',
      Buffer.from(told)
        .toString('latin1')
        .replace(/[^\x20-\x7e]/g, '?'),
    );
    const forms = [
      () => response.writeHead(200, { 'content-type': 'text/html' }).end(`<pre>${told}</pre>`),
      () => response.writeHead(500, { 'content-type': 'application/json' }).end(told),
      () =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ prompt: `${body}${told}` })),
      () =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ [told]: 1 })),
      () => response.writeHead(303, { location: `/?told=${encodeURIComponent(told)}` }).end(),
      () => response.writeHead(401, { 'content-type': 'text/plain' }).end(`modal-http: ${told}`),
    ];
    forms[requests % forms.length]?.();
  });
});
afterAll(async () => {
  await endpoint.close();
  await rm(folder, { recursive: true });
});

/** What a header, and a token, may be made of. */
const secretText = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 10,
  maxLength: 40,
});

/** A secret, as any of the outputs might write it. */
function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const xml = secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const quotes = xml.replaceAll('"', '&quot;').replaceAll("'", '&apos;');
  const github = secret.replaceAll('%', '%25');
  return [secret, json, xml, quotes, github, encodeURIComponent(secret)];
}

/** Markdown's characters stand as references in the summary. */
function withoutReferences(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

test('no output shows a secret, whatever the endpoint makes of it', async () => {
  const files = ['r.xml', 'r.json', 'summary.md'].map((name) => join(folder, name));
  const [junit = '', json = '', summary = ''] = files;
  await fc.assert(
    fc.asyncProperty(secretText, secretText, secretText, secretText, async (a, b, c, d) => {
      await writeFile(summary, '');
      const { stdout, stderr } = await verify(
        [
          `${endpoint.url}?token=${encodeURIComponent(d)}`,
          ...['--header', `Authorization: Bearer ${a}`],
          ...['--report', `junit=${junit},json=${json}`],
        ],
        {
          environment: {
            GITHUB_ACTIONS: 'true',
            GITHUB_STEP_SUMMARY: summary,
            MODAL_EMULATOR_VERIFY_MODAL_KEY: b,
            MODAL_EMULATOR_VERIFY_MODAL_SECRET: c,
          },
        },
      );
      const written = await Promise.all(files.map((file) => readFile(file, 'utf8')));
      for (const text of [stdout, stderr, ...written].flatMap((one) => [
        one,
        withoutReferences(one),
      ])) {
        for (const form of [a, b, c, d].flatMap(formsOf)) expect(text).not.toContain(form);
      }
      // They were sent, and each output says something.
      expect(stdout).toContain('"$MODAL_SECRET"');
      expect(stdout).toContain('***');
      expect(written.every(({ length }) => length > 0)).toBe(true);
    }),
    { numRuns: 25 },
  );
  expect(requests).toBeGreaterThan(25);
});
