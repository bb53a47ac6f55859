import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfigFile } from '../src/cli/config/load.ts';
import { loadScenario, loadScenarioFile } from '../src/cli/scenario/load-scenario.ts';
import { UsageError } from '../src/emulator/usage-error.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-scenario-files-'));
  await mkdir(join(folder, 'scenarios'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** The message of the mistake, with the folder's name left out. */
async function mistakeOf(reading: Promise<unknown>): Promise<string> {
  const error: unknown = await reading.then(
    () => new Error('no mistake was found'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof UsageError)) throw error;
  return error.message.replaceAll(`${folder}/`, '');
}

/** The lines that name places, without the file's name. */
async function placesIn(content: string): Promise<readonly string[]> {
  const message = await mistakeOf(loadScenarioFile(await write('scenario.yaml', content)));
  const places = message.split('\n').filter((line) => line.startsWith('  scenario.yaml:'));
  return places.map((line) => line.replace('  scenario.yaml:', ''));
}

/** As the issue that asked for scenarios prints it. */
const BAD_MONDAY = `name: bad-monday
seed: monday
steps:
  - latency: { p50: 800ms, p95: 2.5s, p99: 9s }
  - when: { prompt: /weather/i, attempt: 1 }
    fault: { kind: rate-limited, retryAfter: 2s }
  - every: 5
    fault: { kind: reset, afterBytes: 40 }
  - toxicity: 0.02
    fault: { kind: stall, afterTokens: 12 }
`;

describe('a scenario file', () => {
  test('in YAML', async () => {
    const path = await write('bad-monday.yaml', BAD_MONDAY);
    const { scenario, origin } = await loadScenario(path);
    expect(scenario).toMatchObject({ name: 'bad-monday', seed: 'monday' });
    expect(scenario.steps.map(({ label }) => label)).toEqual([
      '#1 latency',
      '#2 rate-limited',
      '#3 reset',
      '#4 stall',
    ]);
    expect(origin).toBe(path);
  });

  test('in JSON says the same as in YAML', async () => {
    const yaml = await loadScenario(await write('one.yml', BAD_MONDAY));
    const json = await loadScenario(await write('one.JSON', JSON.stringify(yaml.input)));
    expect(json.scenario.digest).toBe(yaml.scenario.digest);
  });

  test.each([
    ['', ['1:1: steps is missing; it must be a list.']],
    ['hello', ['1:1: the file "hello" must be a mapping.']],
    ['steps: {}', ['1:8: steps must be a list, not a mapping.']],
    [
      'name: a\nsteps: [\n',
      ['3:1: flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    [
      'steps:\n  - fault: hangg',
      ['2:12: steps[0].fault "hangg" is not known here. Did you mean "hang"?'],
    ],
    [
      BAD_MONDAY.replace('rate-limited', 'rate-limitd'),
      ['6:20: steps[1].fault.kind "rate-limitd" is not known here. Did you mean "rate-limited"?'],
    ],
    [
      BAD_MONDAY.replace('afterBytes', 'afterByte').replace('0.02', '2'),
      [
        '8:27: steps[2].fault.afterByte is not a known key. Did you mean "afterBytes"?',
        '9:15: steps[3].toxicity 2 must be at most 1.',
      ],
    ],
    [
      BAD_MONDAY.replace('p95: 2.5s', 'p95: 500ms'),
      ['4:33: steps[0].latency.p95 "500ms" is less than a lower percentile.'],
    ],
    [
      BAD_MONDAY.replace('every: 5', 'repeat: true'),
      ['7:5: steps[2] has "repeat", which is for a "sequence" only.'],
    ],
    [
      BAD_MONDAY.replace('/weather/i', '/(weather/i'),
      [
        expect.stringMatching(
          /^5:21: steps\[1\]\.when\.prompt ".*is no regular expression: missing/,
        ),
      ],
    ],
    [
      'steps:\n  - fault: {}',
      [
        expect.stringMatching(
          /^2:12: steps\[0\]\.fault\.kind is missing; .* or one of \d+ others\.$/,
        ),
      ],
    ],
  ])('%j', async (content, places) => {
    expect(await placesIn(content)).toEqual(places);
  });

  test('names the command that lists what is there', async () => {
    const message = await mistakeOf(loadScenario(await write('x.yaml', 'steps: [{fault: x}]')));
    expect(message).toMatch(
      /^Failed to read scenario file "x\.yaml": there is a mistake in it\.\n/,
    );
    expect(message).toMatch(/\n"modal-emulator faults" lists the faults, .+\.$/);
  });

  test('is 1 MiB at most', async () => {
    const path = await write('large.yaml', `${BAD_MONDAY}# ${'x'.repeat(1024 * 1024)}`);
    expect(await mistakeOf(loadScenario(path))).toBe(
      'Failed to read scenario file "large.yaml": it is larger than 1048576 bytes. ' +
        'Make it smaller.',
    );
  });

  test('is UTF-8', async () => {
    const path = await write('latin.yaml', Uint8Array.of(0x23, 0xe4));
    expect(await mistakeOf(loadScenario(path))).toContain('it is not UTF-8.');
  });
});

describe('a name', () => {
  test('is that of a built-in scenario', async () => {
    expect(await loadScenario('slow')).toMatchObject({
      scenario: { name: 'slow' },
      path: null,
      origin: 'built in',
    });
  });

  test('that is not built in says which one was meant, and how files are named', async () => {
    expect(await mistakeOf(loadScenario('slwo'))).toBe(
      'Failed to find scenario "slwo": no built-in scenario has that name. Did you mean "slow"? ' +
        '"modal-emulator scenarios" lists them; a file is named with its ending (.yaml, .yml, .json).',
    );
  });
});

describe('the key "scenario" of a config file', () => {
  const load = async (text: string) => loadConfigFile(await write('config.yaml', text));

  test('is a name', async () => {
    expect(await load('scenario: slow')).toMatchObject({ scenario: { origin: 'built in' } });
  });

  test("is a file from the config file's folder", async () => {
    const path = await write('scenarios/mine.yaml', BAD_MONDAY);
    expect(await load('scenario: scenarios/mine.yaml')).toMatchObject({
      scenario: { path, scenario: { name: 'bad-monday' } },
    });
  });

  test('is the scenario itself', async () => {
    const config = await load('scenario:\n  name: inline\n  steps:\n    - fault: hang\n');
    expect(config).toMatchObject({
      scenario: { path: null, scenario: { name: 'inline', steps: [{ label: '#1 hang' }] } },
    });
  });

  test.each([
    ['scenario: flakey', 'Failed to find scenario "flakey"'],
    ['scenario: none.yaml', 'Failed to read scenario file "none.yaml": there is no such file.'],
    [
      'scenario: 5',
      'config.yaml:1:11: scenario 5 must be the name of a built-in scenario, a file, or a',
    ],
    ['scenario:', 'config.yaml:1:10: scenario must be the name of a built-in scenario'],
    [
      'port: 1\nscenario:\n  steps:\n    - fault: { kind: stall, afterTokns: 1 }',
      'config.yaml:4:29: scenario.steps[0].fault.afterTokns is not a known key. ' +
        'Did you mean "afterTokens"?',
    ],
  ])('%j', async (text, message) => {
    expect(await mistakeOf(load(text))).toContain(message);
  });
});
