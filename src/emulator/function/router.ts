import type { FunctionDefinition } from '../../contract/function.ts';
import type { Reply } from '../../scenarios/outcome.ts';
import { type Call, pathOf, queryOf } from '../call.ts';
import { docsRoutes } from './docs/routes.ts';
import { unquote } from './query.ts';
import { detailReply, NOT_FOUND } from './replies.ts';
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

  return (call) => {
    if (call.method === method && call.target === '/') return 'function';
    const path = unquote(pathOf(call));
    const page = docs.get(withoutNewline(path));
    if (page !== undefined) {
      if (call.method !== 'GET' && call.method !== 'HEAD') return docsNotAllowed;
      return { status: 200, headers: [['content-type', page.contentType]], body: page.body() };
    }
    if (withoutNewline(path) === '/')
      return call.method === method ? 'function' : functionNotAllowed;
    const stripped = path.replace(/\/+$/, '');
    if (stripped !== path && docs.has(stripped)) return redirect(call, stripped);
    return NOT_FOUND;
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
  const location = `http://${call.header('host') ?? 'localhost'}${path}`;
  return {
    status: 307,
    headers: [['location', query === '' ? location : `${location}?${query}`]],
    body: '',
  };
}
