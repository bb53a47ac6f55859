import type { Stack } from '../stacks.ts';
import { OAUTH2_REDIRECT_PAGE } from './oauth2-redirect-page.ts';
import { redocPage } from './redoc-page.ts';
import { swaggerUiPage } from './swagger-ui-page.ts';

/** A page that a browser can open when the function's docs are on. */
export type DocsPage = 'docs' | 'redoc' | 'oauth2-redirect';

/** The exact HTML of a page; it does not depend on the function. */
export function docsPage(page: DocsPage, stack: Stack): string {
  switch (page) {
    case 'docs':
      return swaggerUiPage(stack.traits.docs);
    case 'redoc':
      return redocPage(stack.traits.docs);
    case 'oauth2-redirect':
      return OAUTH2_REDIRECT_PAGE;
    default:
      return page satisfies never;
  }
}
