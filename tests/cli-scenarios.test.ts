import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { COMMANDS } from '../src/cli/commands.ts';
import { parseConfigText } from '../src/cli/config/document.ts';
import { CATALOG, findBuiltIn } from '../src/scenarios/catalog.ts';
import { FAULT_REGISTRY } from '../src/scenarios/registry.ts';
import { parseScenario } from '../src/scenarios/scenario.ts';
import { run as runWith } from './verify-cli/run.ts';

const run = (args: readonly string[]) => runWith(args, { commands: COMMANDS });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-scenarios-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

const one = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('scenarios', () => {
  test('lists every built-in one with what it tests', async () => {
    const { code, stdout, stderr } = await run(['scenarios']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name, summary } of CATALOG) {
      expect(one(stdout)).toContain(` ${name} ${summary}`);
    }
  });

  test.each(CATALOG.map(({ name }) => name))('explains %s as the file that it is', async (name) => {
    const { code, stdout } = await run(['scenarios', name]);
    expect(code).toBe(0);
    const path = await write(`${name}.yaml`, stdout);
    expect(await run(['validate', path])).toMatchObject({ code: 0, stderr: '' });
    const { scenario } = parseScenario(parseConfigText(stdout).data);
    expect(scenario?.digest).toBe(findBuiltIn(name)?.digest);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('says for whom, how often and what', async () => {
    const path = await write(
      'all.yaml',
      `steps:
  - { when: { prompt: /weather/i, attempt: 1 }, every: 5, fault: hang }
  - { window: { from: 10s, to: 1m }, skip: 2, toxicity: 0.5, times: 3, fault: [reset, crash] }
  - { every: 22, sequence: [{ times: 2 }, { latency: 1s }], repeat: false }`,
    );
    const { stdout } = await run(['scenarios', path]);
    const comments = one(
      stdout
        .match(/^ *# .+$/gm)
        ?.join(' ')
        .replaceAll('#', '') ?? '',
    );
    expect(comments.trim()).toBe(
      [
        'Requests where the attempt is 1 and the prompt matches /weather/i, every 5th of them: hang.',
        'hang: Takes the request and stays silent; the function is not asked.',
        'From 10s to 60s, after the first 2, with probability 0.5, 3 times at most: reset around crash.',
        'reset: Resets the connection: before the headers, the function unasked, or in the body.',
        'crash: Answers 500 and a bare text, as for an exception that nobody handles.',
        'Every 22nd request: in turn 2 times nothing, latency, and so on with the last.',
        'latency: Waits before the answer.',
      ].join(' '),
    );
  });

  test.each([
    [
      'flakey',
      'Failed to find scenario "flakey": no built-in scenario has that name. Did you mean "flaky"?',
    ],
    ['none.yaml', 'Failed to read scenario file "none.yaml": there is no such file.'],
    ['./flaky', 'Failed to read scenario file "./flaky": there is no such file.'],
  ])('%s', async (name, message) => {
    const { code, stdout, stderr } = await run(['scenarios', name]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('faults', () => {
  test('lists every one with what it does', async () => {
    const { code, stdout } = await run(['faults']);
    expect(code).toBe(0);
    for (const { kind, summary } of FAULT_REGISTRY.faults) {
      expect(one(stdout)).toContain(` ${kind} ${summary}`);
    }
  });

  test.each(FAULT_REGISTRY.faults.map((fault) => [fault.kind, fault] as const))(
    'explains %s with all options and an example that works',
    async (kind, { options, aliases = [] }) => {
      const { code, stdout } = await run(['faults', kind]);
      expect(code).toBe(0);
      for (const name of Object.keys(options.shape)) expect(stdout).toMatch(`\n  ${name} `);
      for (const alias of aliases) expect(stdout).toContain(alias);
      const example = /^ {2}- fault: .+$/m.exec(stdout)?.[0];
      const { issues } = parseScenario(parseConfigText(`steps:\n${example}`).data);
      expect(issues).toBeNull();
    },
  );

  test('knows the names of other tools', async () => {
    const { stdout } = await run(['faults', 'CONNECTION_RESET_BY_PEER']);
    expect(stdout).toMatch(/^reset \(wire\)\n/);
  });

  test('says which one was meant', async () => {
    expect(await run(['faults', 'stal'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'Failed to find fault "stal": there is no such kind. Did you mean "stall"? ' +
        'Run "modal-emulator faults" for the list.\n',
      listeners: 0,
    });
  });
});

describe('validate', () => {
  test('goes through all files, and ends with 2 when one has a mistake', async () => {
    const good = await write('good.yaml', 'name: good\nsteps: [{ fault: hang }]');
    const bad = await write('bad.json', '{"steps": [{"fault": "hangg"}, {"evry": 2}]}');
    const other = await write('other.yaml', 'steps: []');
    const { code, stdout, stderr } = await run(['validate', good, bad, other]);
    expect(code).toBe(2);
    expect(stdout).toBe(
      `${good}: "good" is valid, 1 step\n${other}: "unnamed" is valid, 0 steps\n`,
    );
    expect(stderr).toBe(
      `Failed to read scenario file ${JSON.stringify(bad)}: there are 2 mistakes in it.\n` +
        `  ${bad}:1:22: steps[0].fault "hangg" is not known here. Did you mean "hang"?\n` +
        `  ${bad}:1:33: steps[1].evry is not a known key. Did you mean "every"?\n` +
        '"modal-emulator faults" lists the faults, "modal-emulator faults KIND" their options.\n',
    );
  });

  test('needs a file', async () => {
    const { code, stderr } = await run(['validate']);
    expect(code).toBe(2);
    expect(stderr).toContain('Failed to run command "validate": its FILE is missing. Name a ');
  });
});

describe('schema', () => {
  const readSchema = async () => {
    const { code, stdout } = await run(['schema']);
    expect(code).toBe(0);
    const schema: unknown = JSON.parse(stdout);
    // Sound: what is no JSON Schema throws here.
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);
  };

  test('takes every built-in scenario and every fault', async () => {
    const schema = await readSchema();
    for (const scenario of CATALOG) {
      expect([scenario.name, schema.safeParse(scenario).error?.issues]).toEqual([
        scenario.name,
        undefined,
      ]);
    }
    for (const { kind, example } of FAULT_REGISTRY.faults) {
      const written = { steps: [{ fault: { kind, ...example } }] };
      expect([kind, schema.safeParse(written).success]).toEqual([kind, true]);
    }
  });

  test.each([
    [{ step: [] }],
    [{ steps: [{ fault: 'hangg' }] }],
    [{ steps: [{ fault: { kind: 'reset', afterByte: 1 } }] }],
    [{ steps: [{ fault: { kind: 'reset', afterBytes: -1 } }] }],
    [{ steps: [{ toxicity: 2, fault: 'hang' }] }],
    [{ steps: [{ when: { promt: 'x' }, fault: 'hang' }] }],
  ])('refuses %j', async (written) => {
    expect((await readSchema()).safeParse(written).success).toBe(false);
  });
});

describe('the commands', () => {
  test.each([
    [['scenarios', 'a', 'b'], 'it takes one NAME|FILE, and 2 were given. Run it for each.'],
    [['faults', 'a', 'b'], 'it takes one KIND, and 2 were given.'],
    [['schema', 'x'], 'Failed to run command "schema": it takes nothing, and "x" was given.'],
    [['why'], 'Failed to run command "why": its N is missing. Give the number of the request'],
    [['why', '1', '2'], 'it takes one N, and 2 were given.'],
    [['why', 'x'], 'Failed to read request number "x": it must be a whole number from 1.'],
    [['why', '0'], 'Failed to read request number "0"'],
    [['why', '1', '--url', 'localhost'], 'Failed to read flag --url "localhost": it must be a wh'],
    [['validat', 'x'], 'Did you mean "validate"?'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test.each(COMMANDS.map(({ name }) => name))('the help of %s', async (name) => {
    const { code, stdout } = await run([name, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain(`Usage: modal-emulator ${name}`);
    expect(stdout).not.toContain('undefined');
    const hasFlags = (COMMANDS.find((one) => one.name === name)?.settings.length ?? 0) > 0;
    expect(stdout.includes('Every flag is an environment variable')).toBe(hasFlags);
  });
});
