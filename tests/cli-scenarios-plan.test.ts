import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planScenario } from '../src/cli/serve/scenario-plan.ts';
import { resolveSettings } from '../src/cli/settings/resolve.ts';
import { SERVE_SETTINGS } from '../src/cli/settings/serve-settings.ts';
import type { FlagValue } from '../src/cli/settings/stated.ts';
import { findBuiltIn } from '../src/scenarios/catalog.ts';
import { parseScenario } from '../src/scenarios/scenario.ts';
import { encodeToken, tokenOf } from '../src/scenarios/token.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-scenario-plan-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const MONDAY = 'name: monday\nseed: monday\nsteps: [{ every: 2, fault: hang }]';

async function plan(
  flags: Record<string, FlagValue>,
  environment: Readonly<Record<string, string>> = {},
) {
  const resolved = await resolveSettings(SERVE_SETTINGS, { flags, environment });
  return planScenario(resolved, () => 'made');
}

describe('the seed', () => {
  test('is made where nobody says one', async () => {
    expect(await plan({})).toEqual({
      loaded: null,
      seed: 'made',
      isSeedFixed: false,
      watchedPath: null,
    });
    expect(await plan({ scenario: 'slow' })).toMatchObject({ seed: 'made' });
  });

  test("is the scenario's before the config file's", async () => {
    const config = await write('seed.yaml', 'seed: file');
    const scenario = await write('monday.yaml', MONDAY);
    expect(await plan({ config })).toMatchObject({ seed: 'file', isSeedFixed: false });
    expect(await plan({ config, scenario })).toMatchObject({ seed: 'monday', isSeedFixed: false });
  });

  test("is the environment's and the flag's before the scenario's", async () => {
    const scenario = await write('monday.yaml', MONDAY);
    const environment = { MODAL_EMULATOR_SEED: 'environment' };
    const expected = { seed: 'environment', isSeedFixed: true };
    expect(await plan({ scenario }, environment)).toMatchObject(expected);
    expect(await plan({ scenario, seed: 'flag' }, environment)).toMatchObject({ seed: 'flag' });
  });
});

describe('watching', () => {
  test('is of the scenario file', async () => {
    const scenario = await write('monday.yaml', MONDAY);
    expect(await plan({ scenario, watch: true })).toMatchObject({ watchedPath: scenario });
    const config = await write('named.yaml', 'scenario: monday.yaml');
    expect(await plan({ config, watch: true })).toMatchObject({ watchedPath: scenario });
    expect(await plan({ scenario })).toMatchObject({ watchedPath: null });
  });

  test('needs one', async () => {
    await expect(plan({ watch: true })).rejects.toThrow(
      'Failed to apply flag --watch: there is no scenario to watch. Add --scenario FILE.',
    );
    await expect(plan({ watch: true, scenario: 'slow' })).rejects.toThrow(
      'the scenario "slow" has no file of its own (built in). Write it into one, and name that.',
    );
  });
});

describe('a replay', () => {
  const monday = () => {
    const { scenario } = parseScenario({
      name: 'monday',
      seed: 'monday',
      steps: [{ every: 2, fault: 'hang' }],
    });
    if (scenario === null) throw new Error('the scenario of this test is not valid');
    return scenario;
  };
  const slow = () => {
    const scenario = findBuiltIn('slow');
    if (scenario === null) throw new Error('there is no built-in scenario "slow"');
    return scenario;
  };
  /** Of a run whose steps were too many to stand in it. */
  const stepless = () => {
    const { name, digest } = monday();
    return encodeToken({ seed: 'of-the-run', name, digest, steps: null });
  };

  test('has the scenario and the seed of its token', async () => {
    const { loaded, ...others } = await plan({ replay: tokenOf(monday(), 'of-the-run') });
    expect(loaded?.scenario.digest).toBe(monday().digest);
    expect(loaded?.input).toMatchObject({ name: 'monday', steps: [{ every: 2, fault: 'hang' }] });
    expect(others).toEqual({ seed: 'of-the-run', isSeedFixed: true, watchedPath: null });
  });

  test('of a built-in scenario', async () => {
    const { loaded, seed } = await plan({ replay: tokenOf(slow(), 'one') });
    expect([loaded?.scenario.name, seed]).toEqual(['slow', 'one']);
  });

  test('of long steps needs their file', async () => {
    const replay = stepless();
    await expect(plan({ replay })).rejects.toThrow(
      'Failed to apply flag --replay: it is of the scenario "monday", which is not built in.',
    );
    const scenario = await write('monday.yaml', MONDAY);
    expect(await plan({ replay, scenario })).toMatchObject({ seed: 'of-the-run' });
    const config = await write('named.yaml', 'scenario: monday.yaml');
    expect(await plan({ replay, config })).toMatchObject({ seed: 'of-the-run' });
  });

  test('with a file that has changed since says so', async () => {
    const scenario = await write('changed.yaml', MONDAY.replace('every: 2', 'every: 3'));
    await expect(plan({ replay: stepless(), scenario })).rejects.toThrow(
      /the scenario "monday" is not what it was in that run \([0-9a-f]+ then, [0-9a-f]+ now\)/,
    );
    await expect(plan({ replay: tokenOf(monday(), 'x'), scenario: 'slow' })).rejects.toThrow(
      'the scenario "slow" is not what it was in that run',
    );
  });

  test('counts more than what the config file says', async () => {
    const config = await write('other.yaml', 'scenario: slow\nseed: file');
    const { loaded, seed } = await plan({ config, replay: tokenOf(monday(), 'of-the-run') });
    expect([loaded?.scenario.name, seed]).toEqual(['monday', 'of-the-run']);
  });

  test('contradicts another seed that is said as strongly', async () => {
    const replay = tokenOf(monday(), 'of-the-run');
    expect(await plan({ replay, seed: 'of-the-run' })).toMatchObject({ seed: 'of-the-run' });
    await expect(plan({ replay, seed: 'other' })).rejects.toThrow(
      'Failed to apply flag --replay: its seed is "of-the-run", and --seed is "other". ' +
        'Leave --seed out.',
    );
  });

  test('does not go with watching', async () => {
    const scenario = await write('monday.yaml', MONDAY);
    const asked = plan({ replay: tokenOf(monday(), 'x'), scenario, watch: true });
    await expect(asked).rejects.toThrow('does not change with its file. Leave --watch out.');
  });

  test.each([
    ['x', 'it does not have the form r1.'],
    ['r2.abc.123456', 'it is of the kind "r2", and this version reads "r1".'],
    ['DAMAGED', 'a character is missing or wrong in it. Copy the whole token'],
  ])('of the token %s', async (text, reason) => {
    const damaged = tokenOf(monday(), 'x').replace('r1.W', 'r1.X');
    const replay = text.replace('DAMAGED', damaged);
    await expect(plan({ replay })).rejects.toThrow(`Failed to apply flag --replay: ${reason}`);
  });
});
