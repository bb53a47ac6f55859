import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALL_SETTINGS } from '../src/cli/settings/all-settings.ts';
import { SERVE_SETTINGS } from '../src/cli/settings/serve-settings.ts';
import { environmentName, type Setting } from '../src/cli/settings/setting.ts';
import type { FlagValue } from '../src/cli/settings/stated.ts';
import { unknownVariables } from '../src/cli/settings/unknown-variables.ts';
import { VERIFY_SETTINGS } from '../src/cli/settings/verify-settings.ts';
import { readPlan } from '../src/cli/verify/plan.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-settings-'));
  await mkdir(join(folder, 'pacts', 'inner.json'), { recursive: true });
  for (const name of ['b.json', 'a.JSON', 'notes.md', '.hidden.json']) {
    await writeFile(join(folder, 'pacts', name), '{}');
  }
  await writeFile(
    join(folder, 'emulator.yaml'),
    `port: 1
seed: of serve
answer: faker
function: { method: GET, query: { question: str, n: int = 1 }, handler: { kind: answer, key: text } }
verify: { requestsMax: 7, timeoutMs: 30s, echo: false, seed: 5 }
`,
  );
});
afterAll(() => rm(folder, { recursive: true }));

function plan(
  flags: Readonly<Record<string, FlagValue>> = {},
  environment: Readonly<Record<string, string>> = {},
) {
  return readPlan({
    flags: { pact: false, ...flags },
    environment,
    operand: 'https://h/x?y=z',
    operands: ['https://h/x?y=z'],
  });
}

describe('a plan', () => {
  test('has a default for everything', async () => {
    const { verification, reports, contractText, pactsText } = await plan();
    expect({ ...verification, url: verification.url.href }).toEqual({
      url: 'https://h/x?y=z',
      definition: expect.objectContaining({ method: 'POST', promptField: 'prompt' }),
      headers: [],
      needsEcho: true,
      seed: expect.stringMatching(/^\d+$/),
      requestsMax: 20,
      timeoutMs: 300_000,
      pacts: { paths: [], isRequired: false },
    });
    expect(reports).toEqual([]);
    expect(pactsText).toBe('none (--no-pact)');
    expect(contractText).toBe(
      'POST, prompt in key "prompt", answer in key "prompt", which must contain the prompt',
    );
  });

  test('has another seed each time', async () => {
    const [one, other] = await Promise.all([plan(), plan()]);
    expect(one.verification.seed).not.toBe(other.verification.seed);
  });

  test('takes the endpoint and the budget from the file that serve reads too', async () => {
    const { verification, contractText } = await plan({ config: join(folder, 'emulator.yaml') });
    expect(verification).toMatchObject({
      ...{ needsEcho: false, seed: '5', requestsMax: 7, timeoutMs: 30_000 },
      definition: { method: 'GET', promptField: 'question', handler: { key: 'text' } },
    });
    expect(contractText).toBe('GET, prompt in query parameter "question", answer in key "text"');
  });

  test('takes flags before the environment, and the environment before the file', async () => {
    const environment = {
      MODAL_EMULATOR_CONFIG: join(folder, 'emulator.yaml'),
      MODAL_EMULATOR_ANSWER_KEY: 'of environment',
      MODAL_EMULATOR_VERIFY_MAX_REQUESTS: '8',
      MODAL_EMULATOR_VERIFY_TIMEOUT: '1m',
      MODAL_EMULATOR_VERIFY_ECHO: 'yes',
    };
    const { verification } = await plan({ timeout: '2m' }, environment);
    expect(verification).toMatchObject({
      ...{ needsEcho: true, requestsMax: 8, timeoutMs: 120_000 },
      definition: { handler: { key: 'of environment' } },
    });
  });

  test('is not changed by what the environment says to serve', async () => {
    const environment = { MODAL_EMULATOR_ECHO: 'no', MODAL_EMULATOR_SEED: 'of serve' };
    const { verification } = await plan({}, environment);
    expect(verification.needsEcho).toBe(true);
    expect(verification.seed).not.toBe('of serve');
  });

  test('has all headers, the token last', async () => {
    const { verification } = await plan(
      { header: ['A: b: c', 'x-y:  z '] },
      { MODAL_EMULATOR_VERIFY_MODAL_KEY: 'k', MODAL_EMULATOR_VERIFY_MODAL_SECRET: 's' },
    );
    expect(verification.headers).toEqual([
      ['A', 'b: c'],
      ['x-y', 'z'],
      ['Modal-Key', 'k'],
      ['Modal-Secret', 's'],
    ]);
  });

  test('takes several values from a variable, a line each', async () => {
    const { verification, reports } = await plan(
      {},
      {
        MODAL_EMULATOR_VERIFY_HEADER: 'A: b\r\n\nC: d\n',
        MODAL_EMULATOR_VERIFY_REPORT: 'junit=a.xml, json=-\njson=b=c.json',
      },
    );
    expect(verification.headers).toEqual([
      ['A', 'b'],
      ['C', 'd'],
    ]);
    expect(reports).toEqual([
      { kind: 'junit', path: 'a.xml' },
      { kind: 'json', path: '-' },
      { kind: 'json', path: 'b=c.json' },
    ]);
  });
});

describe('pacts', () => {
  const of = (text: string) =>
    readPlan({
      flags: {},
      environment: { MODAL_EMULATOR_VERIFY_PACT: text },
      operand: 'http://h/',
      operands: ['http://h/'],
    });

  test('that are named are asked for', async () => {
    const pacts = join(folder, 'pacts');
    const paths = [pacts, join(pacts, 'b.json')];
    const { verification, pactsText } = await plan({ pact: paths });
    expect(verification.pacts).toEqual({ paths, isRequired: true });
    expect(pactsText).toBe(paths.join(', '));
    expect((await of(paths.join('\n'))).verification.pacts).toEqual({ paths, isRequired: true });
  });

  test('can be left out by the environment', async () => {
    expect((await of('no')).verification.pacts).toEqual({ paths: [], isRequired: false });
  });
});

describe('environment variables', () => {
  test('of two settings are the same only where they mean the same', () => {
    const names = new Map<string, readonly Setting[]>();
    for (const setting of ALL_SETTINGS) {
      const name = environmentName(setting);
      names.set(name, [...(names.get(name) ?? []), setting]);
    }
    const shared = [...names.values()].filter(({ length }) => length > 1);
    expect(shared.map(([one]) => one?.flag).sort()).toEqual([
      'admin-token',
      'answer-key',
      'config',
    ]);
    for (const settings of shared) {
      expect(new Set(settings.map(({ path }) => path?.join('.'))).size).toBe(1);
    }
  });

  test('of one command are known to the other', () => {
    const own = (settings: readonly Setting[]) =>
      Object.fromEntries(settings.map((setting) => [environmentName(setting), 'x']));
    const all = { ...own(SERVE_SETTINGS), ...own(VERIFY_SETTINGS) };
    expect(unknownVariables(ALL_SETTINGS, all)).toEqual([]);
    expect(unknownVariables(ALL_SETTINGS, { MODAL_EMULATOR_VERIFY_HEADR: 'x' })).toEqual([
      expect.stringContaining('Did you mean "MODAL_EMULATOR_VERIFY_HEADER"?'),
    ]);
  });

  test('whose values are secrets are marked as such', () => {
    const secrets = VERIFY_SETTINGS.filter((setting: Setting) => setting.isSecret === true);
    expect(secrets.map(({ flag }) => flag)).toEqual(['header', 'modal-key', 'modal-secret']);
  });
});
