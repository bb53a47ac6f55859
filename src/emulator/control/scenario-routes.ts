import { z } from 'zod';
import { CATALOG } from '../../scenarios/catalog.ts';
import { durationSchema } from '../../scenarios/duration.ts';
import type { ScenarioOption } from '../scenario-option.ts';
import { type ActiveScenario, ScenarioError } from '../scenarios.ts';
import { ProblemError } from './problem.ts';
import type { BodyLimit } from './read.ts';
import { defineRoute, type Route } from './route.ts';

const list = defineRoute({
  method: 'GET',
  path: '/scenarios',
  summary: 'The scenario in force, and those that are built in.',
  answer: ({ port: { scenarios } }) => ({
    active: shown(scenarios.scenario),
    scenarios: Object.fromEntries(CATALOG.map(({ name, summary }) => [name, summary])),
  }),
});

const BODY_LIMIT: BodyLimit = {
  maxBytes: 1024 * 1024,
  hint: 'Split the scenario into several, or say more with fewer steps.',
};

const activateSchema = z.strictObject({
  name: z.string().optional(),
  scenario: z.unknown().optional(),
  seed: z
    .union([z.string().min(1).max(200), z.int().transform(String)], 'expected a text of 1 to 200')
    .optional(),
  ttl: durationSchema.pipe(z.number().positive('must be longer than nothing')).optional(),
});

const activate = defineRoute({
  method: 'POST',
  path: '/scenarios',
  summary:
    'Put a scenario in force: {"name": "slow"} or {"scenario": {"steps": [...]}}, with "seed" ' +
    'and "ttl" ("30s") if you like. The one before stays when there is a mistake.',
  body: activateSchema,
  bodyLimit: BODY_LIMIT,
  answer({ body: { name, scenario, seed, ttl }, port: { scenarios } }) {
    if ((name === undefined) === (scenario === undefined)) throw unclear(name !== undefined);
    // Sound: whatever it is, it is read there.
    const given = (name ?? scenario) as ScenarioOption;
    const options = {
      ...(seed === undefined ? {} : { seed }),
      ...(ttl === undefined ? {} : { ttlMs: ttl }),
    };
    try {
      return { active: shown(scenarios.activate(given, options)) };
    } catch (error) {
      if (!(error instanceof ScenarioError)) throw error;
      throw refused(error, typeof given === 'string', scenarios.scenario);
    }
  },
});

const end = defineRoute({
  method: 'DELETE',
  path: '/scenarios',
  summary: 'End the scenario in force.',
  answer: ({ port: { scenarios } }) => ({ ended: shown(scenarios.deactivate()) }),
});

/** The routes about scenarios, in the order of the index. */
export const SCENARIO_ROUTES: readonly Route[] = [list, activate, end];

function unclear(isTwice: boolean): ProblemError {
  const reason = isTwice ? 'has both "name" and "scenario"' : 'names none';
  return new ProblemError(
    400,
    'invalid-body',
    `Failed to activate a scenario: the body ${reason}. Send {"name": "slow"} for a built-in ` +
      'one, or {"scenario": {"steps": [...]}}.',
  );
}

function refused(
  { message, problems }: ScenarioError,
  isByName: boolean,
  active: ActiveScenario | null,
): ProblemError {
  const stays = active === null ? '' : ` "${active.name}" stays in force.`;
  const where = isByName ? ' GET /__admin/scenarios lists them.' : ' Correct what is named.';
  const members = {
    problems: problems.map(({ path, predicate }) => ({
      path: path.map(String).join('.'),
      message: predicate,
    })),
  };
  const [status, code] = isByName ? [404, 'unknown-scenario'] : [400, 'invalid-scenario'];
  return new ProblemError(Number(status), String(code), `${message}${where}${stays}`, { members });
}

function shown(active: ActiveScenario | null) {
  if (active === null) return null;
  const { startedMs, endsMs, ...facts } = active;
  const iso = (ms: number) => new Date(ms).toISOString();
  return { ...facts, startedAt: iso(startedMs), endsAt: endsMs === null ? null : iso(endsMs) };
}
