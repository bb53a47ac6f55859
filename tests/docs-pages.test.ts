import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  DEFAULT_FUNCTION,
  type FunctionDefinition,
  type FunctionInput,
  functionSchema,
} from '../src/contract/function.ts';
import { openapiDocument } from '../src/emulator/function/docs/openapi.ts';
import { type DocsPage, docsPage } from '../src/emulator/function/docs/page.ts';
import { docsRoutes } from '../src/emulator/function/docs/routes.ts';
import { titleOf } from '../src/emulator/function/docs/title.ts';
import { composeStack, STACK_NAMES } from '../src/emulator/function/stacks.ts';

// What real FastAPI answered (2026-11-23), for apps built as Modal builds a web endpoint. The
// versions are those of the stacks, on CPython 3.11 and 3.13.
interface Captured {
  readonly definition: FunctionInput;
  readonly openapi: string;
}
type CapturedPages = Record<string, Record<DocsPage, { bytes: number; sha256: string }>>;

// The casts are sound because the files are ours, written by the capture.
function read<T>(name: string): T {
  return JSON.parse(
    readFileSync(new URL(`docs-openapi/${name}.json`, import.meta.url), 'utf8'),
  ) as T;
}

const pages = read<CapturedPages>('pages');
const PAGES: readonly DocsPage[] = ['docs', 'redoc', 'oauth2-redirect'];

describe.each(STACK_NAMES)('%s', (name) => {
  const stack = composeStack(name);
  const captured = read<readonly Captured[]>(name);

  test('has captured documents', () => {
    expect(captured.length).toBeGreaterThanOrEqual(10);
  });

  test.each(captured)('/openapi.json of $definition', ({ definition, openapi }) => {
    expect(openapiDocument(functionSchema.parse(definition), stack)).toBe(openapi);
  });

  test.each(PAGES)('the page %s is the captured one', (page) => {
    const html = Buffer.from(docsPage(page, stack));
    const sha256 = createHash('sha256').update(html).digest('hex');
    expect({ bytes: html.length, sha256 }).toEqual(pages[name]?.[page]);
  });
});

describe('the paths of the docs', () => {
  const stack = composeStack('fastapi-0.143');

  test('are none when the docs are off', () => {
    expect(DEFAULT_FUNCTION.docs).toBe(false);
    expect(docsRoutes(DEFAULT_FUNCTION, stack).size).toBe(0);
  });

  test('are four, with their types', () => {
    const routes = docsRoutes({ ...DEFAULT_FUNCTION, docs: true }, stack);
    expect([...routes].map(([path, { contentType }]) => `${path} ${contentType}`)).toEqual([
      '/openapi.json application/json',
      '/docs text/html; charset=utf-8',
      '/docs/oauth2-redirect text/html; charset=utf-8',
      '/redoc text/html; charset=utf-8',
    ]);
    expect(routes.get('/docs')?.body()).toBe(docsPage('docs', stack));
    expect(routes.get('/redoc')?.body()).toBe(docsPage('redoc', stack));
    expect(routes.get('/docs/oauth2-redirect')?.body()).toBe(docsPage('oauth2-redirect', stack));
  });

  test('make the document when it is asked for, and once', () => {
    let reads = 0;
    const definition: FunctionDefinition = {
      ...DEFAULT_FUNCTION,
      docs: true,
      get parameters() {
        reads += 1;
        return DEFAULT_FUNCTION.parameters;
      },
    };
    const route = docsRoutes(definition, stack).get('/openapi.json');
    expect(reads).toBe(0);
    const first = route?.body();
    expect(first).toBe(openapiDocument({ ...DEFAULT_FUNCTION, docs: true }, stack));
    const readsOfOne = reads;
    expect(readsOfOne).toBeGreaterThan(0);
    expect(route?.body()).toBe(first);
    expect(reads).toBe(readsOfOne);
  });
});

test.each([
  ['max_new_tokens', 'Max New Tokens'],
  ['top_k2x', 'Top K2X'],
  ['aB_cD', 'Ab Cd'],
  ['__a_', '  A '],
])('the title of %s is "%s"', (name, title) => {
  expect(titleOf(name)).toBe(title);
});
