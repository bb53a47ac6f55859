import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveCommand } from '../src/cli/commands/serve.ts';
import { formatCommandHelp } from '../src/cli/help.ts';
import { defaultOf } from '../src/cli/settings/defaults.ts';
import { emulatorInput } from '../src/cli/settings/emulator-input.ts';
import { resolveSettings } from '../src/cli/settings/resolve.ts';
import { SERVE_SETTINGS, type ServeFlag } from '../src/cli/settings/serve-settings.ts';
import { environmentName, type Setting } from '../src/cli/settings/setting.ts';
import { getAt, setAt, type Tree } from '../src/cli/settings/tree.ts';
import { unknownVariables } from '../src/cli/settings/unknown-variables.ts';
import { createEmulator } from '../src/emulator/emulator.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-settings-'));
  for (const name of ['flag', 'environment', 'file']) {
    await writeFile(join(folder, `${name}.yaml`), `answers: [${name}]\n`);
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** A text and the value it stands for, one for each source. */
interface Texts {
  readonly flag: readonly [text: string | boolean, value: unknown];
  readonly environment: readonly [text: string, value: unknown];
  /** As the file says it, and what that stands for. */
  readonly file: readonly [written: unknown, value: unknown];
}

const script = (name: string) => ({
  match: [],
  answers: [{ text: name }],
  atEnd: 'cycle',
  echo: false,
});

const builtIn = (name: string) =>
  expect.objectContaining({ scenario: expect.objectContaining({ name }), origin: 'built in' });

/** A row for every setting: the compiler asks for it. */
const TEXTS: Readonly<Record<ServeFlag, Texts>> = {
  port: { flag: ['1', 1], environment: ['2', 2], file: [3, 3] },
  host: { flag: ['h1', 'h1'], environment: ['::1', '::1'], file: ['h3', 'h3'] },
  'admin-token': { flag: ['t1', 't1'], environment: ['t2', 't2'], file: ['t3', 't3'] },
  'drain-timeout': { flag: ['1s', 1000], environment: ['2m', 120_000], file: ['3ms', 3] },
  answer: { flag: ['echo', 'echo'], environment: ['faker', 'faker'], file: ['hello', 'hello'] },
  completion: { flag: ['', ''], environment: [' b', ' b'], file: ['c', 'c'] },
  words: { flag: ['1', 1], environment: ['2', 2], file: [3, 3] },
  echo: { flag: [false, false], environment: ['yes', true], file: [false, false] },
  script: {
    flag: ['flag.yaml', script('flag')],
    environment: ['environment.yaml', script('environment')],
    file: ['file.yaml', script('file')],
  },
  'answer-key': { flag: ['a', 'a'], environment: ['b', 'b'], file: [null, null] },
  stack: {
    flag: ['fastapi-0.115', 'fastapi-0.115'],
    environment: ['fastapi-0.92', 'fastapi-0.92'],
    file: ['fastapi-0.143', 'fastapi-0.143'],
  },
  python: { flag: ['3.10', '3.10'], environment: ['3.13', '3.13'], file: [3.11, '3.11'] },
  seed: { flag: ['042', '042'], environment: ['b', 'b'], file: [42, '42'] },
  scenario: {
    flag: ['slow', builtIn('slow')],
    environment: ['flaky', builtIn('flaky')],
    file: ['healthy', builtIn('healthy')],
  },
  watch: { flag: [false, false], environment: ['1', true], file: [undefined, undefined] },
  replay: { flag: ['a', 'a'], environment: ['b', 'b'], file: [undefined, undefined] },
  'allow-fault-header': { flag: [false, false], environment: ['yes', true], file: [true, true] },
  clock: {
    flag: ['auto', 'auto'],
    environment: ['virtual', 'virtual'],
    file: ['auto', 'auto'],
  },
  idempotency: {
    flag: ['honour', 'honour'],
    environment: ['conflict', 'conflict'],
    file: ['honour', 'honour'],
  },
  'body-max-bytes': { flag: ['1KiB', 1024], environment: ['2', 2], file: ['3 MB', 3_000_000] },
  'journal-max': { flag: ['0', 0], environment: ['2', 2], file: [3, 3] },
  'journal-body-max-bytes': { flag: ['0', 0], environment: ['2kb', 2000], file: [3, 3] },
  json: { flag: [false, false], environment: ['1', true], file: [undefined, undefined] },
  'log-format': {
    flag: ['pretty', 'pretty'],
    environment: ['json', 'json'],
    file: ['pretty', 'pretty'],
  },
  'log-level': {
    flag: ['debug', 'debug'],
    environment: ['silent', 'silent'],
    file: ['warn', 'warn'],
  },
  config: { flag: ['', ''], environment: ['', ''], file: [undefined, undefined] },
};

const inFolder = (setting: Setting, text: string | boolean) =>
  setting.kind === 'script' ? join(folder, String(text)) : text;

async function resolveWith(
  setting: Setting,
  stated: { readonly flag?: boolean; readonly environment?: boolean; readonly file?: boolean },
) {
  const texts = TEXTS[setting.flag as ServeFlag];
  let file: Tree = setting.variant === undefined ? {} : variantOf(setting);
  if (stated.file === true && setting.path !== null)
    file = setAt(file, setting.path, texts.file[0]);
  // A variant whose parts are required cannot stand in the file alone.
  if (setting.kind === 'script' && stated.file !== true) file = {};
  const path = join(folder, `${setting.flag}.json`);
  await writeFile(path, JSON.stringify(file));
  const name = environmentName(setting);
  const resolved = await resolveSettings(SERVE_SETTINGS, {
    flags: {
      config: path,
      ...(stated.flag === true ? { [setting.flag]: inFolder(setting, texts.flag[0]) } : {}),
    },
    environment:
      stated.environment === true
        ? { [name]: String(inFolder(setting, texts.environment[0])) }
        : {},
  });
  const value =
    setting.path === null ? resolved.loose[setting.flag] : getAt(resolved.config, setting.path);
  return { value, origin: resolved.origins[setting.flag] };
}

function variantOf({ variant }: Setting): Tree {
  return variant === undefined ? {} : setAt({}, variant.path, variant.value);
}

const walked: readonly Setting[] = SERVE_SETTINGS.filter(({ flag }) => flag !== 'config');

describe.each(walked.map((setting) => [setting.flag, setting] as const))(
  '--%s',
  (flag, setting) => {
    const texts = TEXTS[flag as ServeFlag];
    const canBeInFile = setting.path !== null;

    test('a flag counts more than the environment and the file', async () => {
      const all = { flag: true, environment: true, file: canBeInFile };
      expect(await resolveWith(setting, all)).toEqual({ value: texts.flag[1], origin: 'flag' });
    });

    test('the environment counts more than the file', async () => {
      const both = { environment: true, file: canBeInFile };
      const expected = { value: texts.environment[1], origin: 'environment' };
      expect(await resolveWith(setting, both)).toEqual(expected);
    });

    if (canBeInFile) {
      test('the file counts more than the default', async () => {
        const expected = { value: texts.file[1], origin: 'file' };
        expect(await resolveWith(setting, { file: true })).toEqual(expected);
      });
    }

    test('without a word it is the default', async () => {
      const expected = { value: defaultOf(setting), origin: 'default' };
      expect(await resolveWith(setting, {})).toEqual(expected);
    });

    test('stands in the help', () => {
      const term =
        setting.kind === 'boolean' ? `--[no-]${flag}` : `--${flag} ${setting.placeholder}`;
      expect(formatCommandHelp(serveCommand, 100)).toContain(`${term}`);
    });
  },
);

const resolve = (
  flags: Record<string, string | boolean>,
  environment: Record<string, string> = {},
) => resolveSettings(SERVE_SETTINGS, { flags, environment });

async function configFile(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

describe('parts of the answer', () => {
  test('add to what the file says of the same source', async () => {
    const config = await configFile('faker.yaml', 'answer: {source: faker, words: 7}');
    const { config: resolved } = await resolve({ config, echo: false });
    expect(resolved.answer).toEqual({ source: 'faker', words: 7, echo: false });
  });

  test('add to the short form of the file', async () => {
    const config = await configFile('short.yaml', 'answer: faker');
    const { config: resolved, origins } = await resolve({ config, words: '9' });
    expect(resolved.answer).toEqual({ source: 'faker', words: 9, echo: true });
    expect(origins).toMatchObject({ answer: 'file', words: 'flag', echo: 'default' });
  });

  test('of another source fall away when a flag chooses the source', async () => {
    const config = await configFile('other.yaml', 'answer: {source: faker, words: 7}');
    const { config: resolved } = await resolve(
      { config, answer: 'echo' },
      { MODAL_EMULATOR_WORDS: '8' },
    );
    expect(resolved.answer).toMatchObject({ source: 'echo' });
  });

  test('of the same source stay when a flag names it again', async () => {
    const config = await configFile('again.yaml', 'answer: {source: faker, words: 7}');
    const { config: resolved } = await resolve({ config, answer: 'faker' });
    expect(resolved.answer).toMatchObject({ words: 7 });
  });

  test('contradict a source that is chosen as strongly', async () => {
    await expect(resolve({ answer: 'echo', words: '3' })).rejects.toThrow(
      'Failed to apply flag --words: it belongs to answer.source "faker", and answer.source is ' +
        '"echo" (flag --answer). Add --answer faker, or leave it out.',
    );
    await expect(resolve({ completion: 'x' })).rejects.toThrow('is "hello" (default)');
  });

  test('a script chooses its source, but not against a flag', async () => {
    const path = join(folder, 'flag.yaml');
    const { config } = await resolve({ script: path }, { MODAL_EMULATOR_ANSWER: 'echo' });
    expect(config.answer.source).toBe('script');
    await expect(resolve({ script: path, answer: 'echo' })).rejects.toThrow('flag --script');
    await expect(resolve({ answer: 'script' })).rejects.toThrow('Add --script FILE.');
  });

  test('the key belongs to a function that answers', async () => {
    const config = await configFile('stream.yaml', 'function: {handler: {kind: stream}}');
    await expect(resolve({ config, 'answer-key': 'x' })).rejects.toThrow(
      'function.handler.kind is "stream" (config file). Change the config file, or leave it out.',
    );
    const { config: resolved } = await resolve({ 'answer-key': 'response' });
    expect(resolved.function.handler).toEqual({ kind: 'answer', key: 'response' });
  });
});

describe('mistakes', () => {
  test('in flags and environment are told together', async () => {
    const mistakes = resolve({ port: '70000' }, { MODAL_EMULATOR_STACK: 'fastapi-0.9' });
    await expect(mistakes).rejects.toMatchObject({
      name: 'UsageError',
      message: [
        'Failed to read flag --port "70000": it must be at most 65535.',
        'Failed to read environment variable MODAL_EMULATOR_STACK "fastapi-0.9": it must be ' +
          '"fastapi-0.143", "fastapi-0.115" or "fastapi-0.92". Did you mean "fastapi-0.92"?',
      ].join('\n'),
    });
  });

  test.each([
    [{ port: '80.5' }, '"80.5": it must be a number'],
    [{ port: '-1' }, '"-1": it must be at least 0'],
    [{ host: 'http://x' }, 'it must be a host name or an IP address'],
    [{ words: '0', answer: 'faker' }, 'flag --words "0": it must be at least 1'],
    [{ answer: 'ecko' }, 'Did you mean "echo"?'],
    [{ 'body-max-bytes': '64M' }, 'it must be a number of bytes, such as'],
    [{ 'drain-timeout': '10 parsecs' }, 'it must be milliseconds, or a duration'],
    [{ seed: '' }, 'flag --seed "": it must not be empty.'],
    [{ python: '3.1' }, '"3.10", "3.11", "3.12", "3.13" or "3.14". Did you mean "3.10"?'],
  ] as const)('%o', async (flags, message) => {
    await expect(resolve(flags)).rejects.toThrow(message);
  });

  test('in a boolean variable', async () => {
    const asked = resolve({ answer: 'faker' }, { MODAL_EMULATOR_ECHO: 'maybe' });
    await expect(asked).rejects.toThrow('MODAL_EMULATOR_ECHO "maybe": it must be true or false');
    const json = resolve({}, { MODAL_EMULATOR_JSON: 'maybe' });
    await expect(json).rejects.toThrow('MODAL_EMULATOR_JSON "maybe": it must be true or false');
  });

  test('in a secret do not show it', async () => {
    const error = await resolve({}, { MODAL_EMULATOR_ADMIN_TOKEN: 's3 cret' }).catch(String);
    expect(error).toContain('MODAL_EMULATOR_ADMIN_TOKEN: it must be');
    expect(error).not.toContain('s3');
  });
});

test('an empty variable sets nothing', async () => {
  const { config } = await resolve({}, { MODAL_EMULATOR_PORT: '' });
  expect(config.port).toBe(8000);
});

test('a variable that sets nothing is named, with the one that was meant', () => {
  const environment = { MODAL_EMULATOR_PROT: '1', MODAL_EMULATOR_URL: 'x', PATH: 'y' };
  expect(unknownVariables(SERVE_SETTINGS, environment)).toEqual([
    'The environment variable "MODAL_EMULATOR_PROT" sets nothing: no setting has that name. Did you mean "MODAL_EMULATOR_PORT"?',
  ]);
});

describe('the input of the emulator', () => {
  test('is taken as it is resolved, and says nothing of the server', async () => {
    const config = await configFile(
      'all.yaml',
      'function: {method: GET, query: {question: str}}\nport: 1\nbodyMaxBytes: 1KiB\nseed: 5',
    );
    const input = emulatorInput(await resolve({ config }), { seed: '5', loaded: null });
    const emulator = createEmulator(input);
    expect(emulator.config).toMatchObject({
      seed: '5',
      bodyMaxBytes: 1024,
      function: { method: 'GET', promptField: 'question' },
    });
    expect(emulator.config).not.toHaveProperty('port');
  });

  test('has the seed that was decided, in its scenario as well', async () => {
    const resolved = await resolve({ scenario: 'slow', seed: 'one' });
    const loaded = resolved.config.scenario ?? null;
    expect(emulatorInput(resolved, { seed: 'two', loaded })).toMatchObject({
      seed: 'two',
      scenario: { name: 'slow', seed: 'two' },
    });
    expect(emulatorInput(resolved, { seed: 'two', loaded: null })).not.toHaveProperty('scenario');
  });
});
