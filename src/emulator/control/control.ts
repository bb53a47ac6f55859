import { Hono } from 'hono';
import { didYouMean } from '../../contract/suggest.ts';
import { checkGate } from './gate.ts';
import { CONTROL_PREFIX, type ControlPort } from './port.ts';
import { ProblemError, show } from './problem.ts';
import { respondError, respondJson, respondOptions } from './respond.ts';
import { ROUTES, routePath } from './routes.ts';

/**
 * Creates the control plane: an app for the requests that `isControlPath` is true of, with their
 * whole path. It is no part of the imitated endpoint, so it speaks problem+json and never CORS.
 */
export function createControl(port: ControlPort): Hono {
  // Not strict: `/__admin/` means the same as `/__admin`.
  const app = new Hono({ strict: false });
  app.use('*', async (context, next) => {
    checkGate(context.req.raw, context.req.path, port);
    await next();
  });
  for (const path of new Set(ROUTES.map((route) => route.path))) addRoutes(app, path, port);
  app.notFound(({ req }) => respondError(req.raw, unknownPath(req.path)));
  app.onError((error, { req }) => {
    // Nobody reads this answer; but a client that left is no mistake of the emulator either.
    if (req.raw.signal.aborted) return respondError(req.raw, clientLeft());
    const response = respondError(req.raw, error);
    if (response.status === 500) port.reportError?.(error);
    return response;
  });
  return app;
}

function addRoutes(app: Hono, path: string, port: ControlPort): void {
  const routes = ROUTES.filter((route) => route.path === path);
  for (const route of routes) {
    app.on(route.method, CONTROL_PREFIX + path, async ({ req }) => {
      const params = { ordinal: Number(req.param('ordinal') ?? 0), name: req.param('name') ?? '' };
      return respondJson(req.raw, await route.handle(req.raw, params, port));
    });
  }
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
  const allow = [...methods, 'OPTIONS'].join(', ');
  app.all(CONTROL_PREFIX + path, ({ req }) => {
    if (req.method === 'OPTIONS') return respondOptions(allow);
    throw new ProblemError(
      405,
      'method-not-allowed',
      `Failed to ${req.method} ${show(req.path)}: it answers ${allow}. Use one of these.`,
      { headers: { allow } },
    );
  });
}

function unknownPath(path: string): ProblemError {
  const name = path.slice(CONTROL_PREFIX.length + 1);
  const names = ROUTES.map((route) => routePath(route).slice(CONTROL_PREFIX.length + 1));
  const suggestion = didYouMean(name, names);
  return new ProblemError(
    404,
    'unknown-path',
    `Failed to find ${show(path)}: the control plane has no such path.${suggestion} ` +
      `GET ${CONTROL_PREFIX} lists what there is.`,
  );
}

function clientLeft(): ProblemError {
  return new ProblemError(499, 'client-left', 'Failed to answer: the client left before the end.');
}
