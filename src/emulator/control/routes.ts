import { CLOCK_ROUTES } from './clock-routes.ts';
import { LEDGER_ROUTES } from './ledger-routes.ts';
import { NAMESPACE_ROUTES } from './namespace-routes.ts';
import { CONTROL_PREFIX } from './port.ts';
import { ProblemError } from './problem.ts';
import { PROVIDER_STATE_ROUTES } from './provider-state-routes.ts';
import { REQUEST_ROUTES } from './request-routes.ts';
import { JsonText } from './respond.ts';
import { defineRoute, type Route } from './route.ts';
import { SCENARIO_ROUTES } from './scenario-routes.ts';

const index = defineRoute({
  method: 'GET',
  path: '',
  summary: 'This list. Every answer is indented with ?pretty.',
  answer: ({ port }) => ({
    name: 'modal-emulator',
    version: port.version,
    routes: Object.fromEntries(
      ROUTES.map((route) => [`${route.method} ${routePath(route)}`, route.summary]),
    ),
  }),
});

const health = defineRoute({
  method: 'GET',
  path: '/health',
  summary: 'Whether the process is up; the one path that never asks for a token.',
  answer: () => ({ status: 'healthy' }),
});

const ready = defineRoute({
  method: 'GET',
  path: '/ready',
  summary: 'Whether requests are taken; 503 while the server drains.',
  answer({ port }) {
    if (port.isReady()) return { status: 'ready' };
    throw new ProblemError(
      503,
      'not-ready',
      'Failed to be ready: the server finishes its last exchanges and ends. Start another one.',
    );
  },
});

const reset = defineRoute({
  method: 'POST',
  path: '/reset',
  summary:
    'Start over: the journal, the ordinals, the scenario in force, the sequences of answers, ' +
    'no provider state.',
  answer({ port }) {
    port.reset();
    return { status: 'reset' };
  },
});

const config = defineRoute({
  method: 'GET',
  path: '/config',
  summary: 'The configuration in force, secrets masked.',
  answer: ({ port }) => port.config(),
});

const openapi = defineRoute({
  method: 'GET',
  path: '/openapi.json',
  summary: 'What FastAPI publishes for the function in force, whether its docs are on or off.',
  answer: ({ port }) => new JsonText(port.openapi()),
});

const version = defineRoute({
  method: 'GET',
  path: '/version',
  summary: 'The version of the emulator.',
  answer: ({ port }) => ({ version: port.version }),
});

/** Everything the control plane can do, in the order of the index. */
export const ROUTES: readonly Route[] = [
  index,
  health,
  ready,
  ...REQUEST_ROUTES,
  ...SCENARIO_ROUTES,
  ...CLOCK_ROUTES,
  ...LEDGER_ROUTES,
  ...NAMESPACE_ROUTES,
  ...PROVIDER_STATE_ROUTES,
  reset,
  config,
  openapi,
  version,
];

/** The whole path of a route as people write it: `/__admin/requests/:ordinal`. */
export function routePath(route: Route): string {
  return CONTROL_PREFIX + route.path.replace(/\{.*\}/, '');
}
