import type { FunctionDefinition } from '../../contract/function.ts';
import type { Reply } from '../../scenarios/outcome.ts';
import { type Call, pathOf, queryOf } from '../call.ts';
import { JsonWriteError } from '../python/json-write.ts';
import { type DocsRoute, docsRoutes } from './docs/routes.ts';
import { unquote } from './query.ts';
import { detailReply, INTERNAL_SERVER_ERROR, NOT_FOUND } from './replies.ts';
import type { Stack } from './stacks.ts';

/** Where a call goes: to the function, or to an answer of the framework itself. */
export type Route = 'function' | Reply;

/**
 * Starlette's routing for an app with one route at `/` and, with docs on, the documentation.
 * HEAD is never added to the function's route, as FastAPI does not.
 */
export function createRouter(definition: FunctionDefinition, stack: Stack): (call: Call) => Route {
  const docs = docsRoutes(definition, stack);
  const { method } = definition;
  const functionNotAllowed = methodNotAllowed(method);
  const docsNotAllowed = methodNotAllowed('GET, HEAD');

  const pageReply = (page: DocsRoute): Reply => {
    try {
      return { status: 200, headers: [['content-type', page.contentType]], body: page.body() };
    } catch (error) {
      if (!(error instanceof JsonWriteError)) throw error;
      return INTERNAL_SERVER_ERROR;
    }
  };

  return (call) => {
    if (call.method === method && call.target === '/') return 'function';
    const path = unquote(pathOf(call));
    const exact = withoutNewline(path);
    if (exact === '/') return call.method === method ? 'function' : functionNotAllowed;
    const page = docs.get(exact);
    if (page !== undefined) {
      return call.method === 'GET' || call.method === 'HEAD' ? pageReply(page) : docsNotAllowed;
    }
    const stripped = path.replace(/\/+$/, '');
    const isRoute = withoutNewline(stripped) === '/' || docs.has(withoutNewline(stripped));
    return stripped !== path && isRoute ? redirect(call, stripped) : NOT_FOUND;
  };
}

function methodNotAllowed(allow: string): Reply {
  return detailReply(405, 'Method Not Allowed', [['allow', allow]]);
}

/** A route is a regular expression that ends in `$`, which in Python allows one line break. */
function withoutNewline(path: string): string {
  return path.endsWith('\n') ? path.slice(0, -1) : path;
}

/** `/docs/` leads to `/docs`, by an absolute URL built from the Host header. */
function redirect(call: Call, path: string): Reply {
  const query = queryOf(call);
  const location = `http://${call.header('host') ?? 'localhost'}${encodeURI(path)}`;
  return {
    status: 307,
    headers: [['location', query === '' ? location : `${location}?${query}`]],
    body: '',
  };
}
