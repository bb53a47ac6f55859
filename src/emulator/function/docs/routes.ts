import type { FunctionDefinition } from '../../../contract/function.ts';
import type { Stack } from '../stacks.ts';
import { openapiDocument } from './openapi.ts';
import { type DocsPage, docsPage } from './page.ts';

/** What a path of the documentation answers to GET; HEAD gets the same headers. */
export interface DocsRoute {
  readonly contentType: string;
  /** Made at the first call and kept. */
  readonly body: () => string;
}

/** The paths that FastAPI adds beside `/`, exact ones only; none when the docs are off. */
export function docsRoutes(
  definition: FunctionDefinition,
  stack: Stack,
): ReadonlyMap<string, DocsRoute> {
  if (!definition.docs) return new Map();
  const html = (page: DocsPage): DocsRoute => ({
    contentType: 'text/html; charset=utf-8',
    body: once(() => docsPage(page, stack)),
  });
  return new Map([
    [
      '/openapi.json',
      {
        contentType: 'application/json',
        body: once(() => openapiDocument(definition, stack)),
      },
    ],
    ['/docs', html('docs')],
    ['/docs/oauth2-redirect', html('oauth2-redirect')],
    ['/redoc', html('redoc')],
  ]);
}

function once(make: () => string): () => string {
  let made: string | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
