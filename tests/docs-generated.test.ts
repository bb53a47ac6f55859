import { expect, test } from 'vitest';
import { verifySchema } from '../src/cli/config/schema.ts';
import { SERVE_SETTINGS } from '../src/cli/settings/serve-settings.ts';
import { VERIFY_SETTINGS } from '../src/cli/settings/verify-settings.ts';
import { WHY_SETTINGS } from '../src/cli/settings/why-settings.ts';
import { functionSchema } from '../src/contract/function.ts';
import { PROVIDER_STATES } from '../src/contract/provider-states.ts';
import { scriptSchema } from '../src/emulator/answers/script-schema.ts';
import { ROUTES, routePath } from '../src/emulator/control/routes.ts';
import { STACKS } from '../src/emulator/function/stacks.ts';
import { CHECKS, REACH } from '../src/verify/checks/checks.ts';
import { keysTable } from './docs/keys-table.ts';
import { fillRegions } from './docs/regions.ts';
import { catalogTable, scenarioKeys } from './docs/scenario-tables.ts';
import { flagGroups, settingsTable } from './docs/settings-table.ts';
import { readPage } from './readme/blocks.ts';

const routes = ROUTES.map(
  (route) => `| \`${route.method} ${routePath(route)}\` | ${route.summary} |`,
);

const stacks = Object.values(STACKS).map(({ name, versions, summary }) => {
  const { fastapi, starlette, pydantic, python } = versions;
  return `| \`${name}\` | ${fastapi} | ${starlette} | ${pydantic} | ${python} | ${summary} |`;
});

const providerStates = Object.entries(PROVIDER_STATES).map(
  ([name, summary]) => `| \`${name}\` | ${summary} |`,
);

const checks = [REACH, ...CHECKS].map(({ id, title }) => `| \`${id}\` | ${title} |`);

/** The parts of the pages that the code itself says. */
const PAGES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': { flags: flagGroups(SERVE_SETTINGS) },
  'docs/configuration.md': {
    settings: settingsTable(SERVE_SETTINGS),
    'verify-settings': settingsTable(VERIFY_SETTINGS),
    'why-settings': settingsTable(WHY_SETTINGS),
    verify: keysTable(verifySchema, 'verify'),
    function: keysTable(functionSchema, 'function'),
    script: keysTable(scriptSchema, 'script'),
  },
  'docs/contract.md': {
    'provider-states': ['| provider state | |', '| --- | --- |', ...providerStates].join('\n'),
  },
  'docs/control-plane.md': { routes: ['| path | |', '| --- | --- |', ...routes].join('\n') },
  'docs/scenarios.md': {
    catalog: catalogTable(),
    'scenario-keys': scenarioKeys().scenario,
    'step-keys': scenarioKeys().step,
  },
  'docs/verify.md': {
    checks: ['| check | |', '| --- | --- |', ...checks].join('\n'),
  },
  'docs/imitation.md': {
    stacks: [
      '| stack | FastAPI | Starlette | Pydantic | CPython | what it is |',
      '| --- | --- | --- | --- | --- | --- |',
      ...stacks,
    ].join('\n'),
  },
};

// `npx vitest run tests/docs-generated.test.ts -u` writes the pages anew.
test.each(Object.entries(PAGES))('%s says what the code says', async (path, parts) => {
  await expect(fillRegions(readPage(path), parts)).toMatchFileSnapshot(`../${path}`);
});
