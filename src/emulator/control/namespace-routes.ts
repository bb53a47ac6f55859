import { z } from 'zod';
import { durationSchema } from '../../scenarios/duration.ts';
import { NAMESPACES_MAX } from '../namespaces.ts';
import type { ScenarioOption } from '../scenario-option.ts';
import { UsageError } from '../usage-error.ts';
import type { ControlNamespace } from './port.ts';
import { ProblemError, show } from './problem.ts';
import type { BodyLimit } from './read.ts';
import { defineRoute, type Route } from './route.ts';

const list = defineRoute({
  method: 'GET',
  path: '/namespaces',
  summary: 'The namespaces there are, each a world of its own under /t/NAME/ or X-Test-Id: NAME.',
  answer: ({ port: { namespaces } }) => ({
    namespaces: namespaces.list().map(shown),
    max: NAMESPACES_MAX,
  }),
});

const BODY_LIMIT: BodyLimit = {
  maxBytes: 1024 * 1024,
  hint: 'Split the scenario into several, or say more with fewer steps.',
};

const createSchema = z.strictObject({
  name: z.string(),
  scenario: z.unknown().optional(),
  seed: z
    .union([z.string().min(1).max(200), z.int().transform(String)], 'expected a text of 1 to 200')
    .optional(),
  ttl: durationSchema.pipe(z.number().positive('must be longer than nothing')).optional(),
});

const create = defineRoute({
  method: 'POST',
  path: '/namespaces',
  summary:
    'Make a namespace: {"name": "my-test"}, with "scenario" (a name, or {"steps": [...]}), ' +
    '"seed" and "ttl" ("10m") if you like.',
  body: createSchema,
  bodyLimit: BODY_LIMIT,
  answer({ body: { name, scenario, seed, ttl }, port: { namespaces } }) {
    try {
      return shown(
        namespaces.create({
          name,
          // Sound: whatever it is, it is read there.
          ...(scenario === undefined ? {} : { scenario: scenario as ScenarioOption }),
          ...(seed === undefined ? {} : { seed }),
          ...(ttl === undefined ? {} : { ttlMs: ttl }),
        }),
      );
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      throw new ProblemError(STATUSES[error.code] ?? 400, error.code, error.message);
    }
  },
});

/** Where 400 is not what it is. */
const STATUSES: Readonly<Record<string, number>> = {
  'namespace-exists': 409,
  'too-many-namespaces': 409,
  'nested-namespace': 409,
};

const end = defineRoute({
  method: 'DELETE',
  path: '/namespaces/:name',
  summary: 'End a namespace, and whatever hangs in it.',
  answer({ name, port: { namespaces } }) {
    if (namespaces.delete(name)) return { deleted: name };
    throw new ProblemError(
      404,
      'unknown-namespace',
      `Failed to delete namespace ${show(name)}: there is none of this name, or its time is over. ` +
        'GET /__admin/namespaces lists what there is.',
    );
  },
});

/** The routes about namespaces, in the order of the index. */
export const NAMESPACE_ROUTES: readonly Route[] = [list, create, end];

function shown({ name, path, startedMs, endsMs, emulator }: ControlNamespace) {
  const iso = (ms: number) => new Date(ms).toISOString();
  return {
    name,
    path,
    scenario: emulator.scenario?.name ?? null,
    seed: emulator.scenario?.seed ?? emulator.config.seed,
    requests: emulator.journal.total,
    startedAt: iso(startedMs),
    endsAt: endsMs === null ? null : iso(endsMs),
  };
}
