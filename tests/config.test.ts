import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadConfigFile, loadScriptFile } from '../src/cli/config/load.ts';
import { UsageError } from '../src/emulator/usage-error.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'config-'));
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

async function mistakesIn(content: string | Uint8Array, name = 'config.yaml'): Promise<string> {
  return mistakeOf(loadConfigFile(await write(name, content)));
}

/** The lines that name places, without the file's name. */
async function placesIn(content: string): Promise<readonly string[]> {
  const [, ...lines] = (await mistakesIn(content)).split('\n');
  return lines.map((line) => line.replace('config.yaml:', '').trim());
}

describe('a config file', () => {
  test('in YAML', async () => {
    const text =
      'version: 1\nstack: fastapi-0.92\nport: 0\nanswer: {source: echo, completion: " x"}';
    expect(await loadConfigFile(await write('ok.yaml', text))).toEqual({
      version: 1,
      stack: 'fastapi-0.92',
      port: 0,
      answer: { source: 'echo', completion: ' x' },
    });
  });

  test('in JSON, indented with tabs, with a schema for editors and escaped characters', async () => {
    const text =
      '{\n\t"$schema": "x.json",\n\t"seed": "\\ud83d\\ude00",\n\t"function": {\n\t\t"docs": true\n\t}\n}';
    expect(await loadConfigFile(await write('ok.json', text))).toEqual({
      $schema: 'x.json',
      seed: '😀',
      function: { docs: true },
    });
  });

  test.each(['', '\n', '# only a comment\n', '{}', 'null', '\ufeff'])(
    'that says nothing: %j',
    async (text) => {
      expect(await loadConfigFile(await write('empty.yaml', text))).toEqual({});
    },
  );

  test('with an anchor and its alias', async () => {
    const text = 'host: &name localhost\nseed: *name';
    expect(await loadConfigFile(await write('alias.yaml', text))).toMatchObject({
      seed: 'localhost',
    });
  });

  test('names a script beside itself', async () => {
    await mkdir(join(folder, 'deep'), { recursive: true });
    await write('deep/answers.yaml', 'answers: [one, two]');
    const path = await write('deep/config.yaml', 'answer: {source: script, script: answers.yaml}');
    expect(await loadConfigFile(path)).toEqual({
      answer: { source: 'script', script: { answers: ['one', 'two'] } },
    });
  });
});

describe('mistakes in a config file', () => {
  test('are told all at once, in order, with their places', async () => {
    const text = [
      'prot: 1',
      'port: 80a',
      'function:',
      '  body:',
      '    fields:',
      '      1a: str',
      '  handlr: {}',
      'bodyMaxBytes: 64M',
      'seed: 1.5',
    ].join('\n');
    expect(await mistakesIn(text)).toBe(
      [
        'Failed to read config file "config.yaml": there are 6 mistakes in it.',
        '  config.yaml:1:1: prot is not a known key. Did you mean "port"?',
        '  config.yaml:2:7: port "80a" must be a number.',
        '  config.yaml:6:7: function.body.fields.1a must be a Python name: letters, digits and _.',
        '  config.yaml:7:3: function.handlr is not a known key. Did you mean "handler"?',
        '  config.yaml:8:15: bodyMaxBytes "64M" must be a number of bytes, such as 65536, "512KiB" or "64MiB".',
        '  config.yaml:9:7: seed 1.5 must be a text or a whole number.',
      ].join('\n'),
    );
  });

  test.each([
    [
      'answer: {source: fakr}',
      '1:18: answer.source "fakr" must be "hello", "echo", "faker" or "script". Did you mean "faker"?',
    ],
    [
      'answer: {words: 3}',
      '1:9: answer.source is missing; it must be "hello", "echo", "faker" or "script".',
    ],
    [
      'answer: {source: faker, wrods: 3}',
      '1:25: answer.wrods is not a known key. Did you mean "words"?',
    ],
    [
      'answer: {source: echo, words: 3}',
      '1:24: answer.words is not a known key. Known here: source, completion.',
    ],
    ['answer:\n  source: faker\n  words: "3"', '3:10: answer.words "3" must be a number.'],
    [
      'function: {body: dct}',
      '1:18: function.body "dct" must be "dict" or a mapping. Did you mean "dict"?',
    ],
    [
      'function: {body: {modle: A, fields: {}}}',
      '1:19: function.body.modle is not a known key. Did you mean "model"?',
    ],
    [
      'function: {body: {model: 1a, fields: {}}}',
      '1:26: function.body.model "1a" must be a Python name: letters, digits and _.',
    ],
    [
      'function: {handler: {kind: crsh}}',
      '1:28: function.handler.kind "crsh" must be "answer", "stream", "http-exception" or "crash". Did you mean "crash"?',
    ],
    [
      'function: {handler: {kind: http-exception}}',
      '1:21: function.handler.status is missing; it must be a number.',
    ],
    [
      'function: {body: dict, query: {a: str}}',
      '1:31: function.query: stands beside "body"; a function takes one of them, not both.',
    ],
    ['- port: 1', '1:1: the file must be a mapping, not a list.'],
    ['just a text', '1:1: the file "just a text" must be a mapping.'],
    ['port: [1]', '1:7: port must be a number, not a list.'],
    ['version: 2', '1:10: version 2 must be 1.'],
    ['a b: 1', '1:1: ["a b"] is not a known key. Known here: '],
    ['host: &h "a b"\nseed: x', '1:10: host "a b" must be a host name or an IP address, without'],
  ])('%j', async (text, message) => {
    const places = await placesIn(text);
    expect(places).toHaveLength(1);
    expect(places[0]?.startsWith(message), places[0]).toBe(true);
  });

  test('of a type name the annotation and what could stand there', async () => {
    const [place] = await placesIn('function:\n  body:\n    fields:\n      n: itn = 3\n');
    expect(place).toMatch(/^4:10: function\.body\.fields\.n.* "itn" is not a type .*"int = 64"/);
  });

  test.each([
    ['port: 1\nport: 2', ['2:1: this key was already given above; keep one of them']],
    ['port: {a: 1, a: 2}', ['1:14: this key was already given above; keep one of them']],
    ['a: 1\n---\nb: 2', ['2:1: a second document begins here; a file holds one']],
    ['\tport: 1', ['1:1: tabs are not allowed as indentation']],
    ['a: !secret x', ['1:4: this tag is not known here; leave it out']],
    ['a: *nowhere', ['1:1: an alias has no anchor before it']],
    ['a: &a [*a]', ['1:1: an alias stands inside its own anchor']],
  ])('of syntax: %j', async (text, places) => {
    expect(await placesIn(text)).toEqual(places);
  });

  test('beyond twenty are counted', async () => {
    const text = Array.from({ length: 25 }, (_, index) => `unknown${index}: 1`).join('\n');
    const lines = (await mistakesIn(text)).split('\n');
    expect(lines).toHaveLength(22);
    expect(lines.at(-1)).toBe('  … and 5 more');
  });

  test('do not show a secret, wherever the mistake is', async () => {
    for (const text of [
      'adminToken: "s3cret s3cret"',
      'adminToken: {s3cret: s3cret}',
      'adminToken: @s3cret',
      'adminToken: *s3cret',
      'adminToken: "s3cret',
      'adminToken: s3cret: s3cret',
      'adminTokn: s3cret',
      '[adminToken: s3cret]',
      '{"adminToken": "s3cret" "port": 1}',
    ]) {
      expect(await mistakesIn(text), text).not.toContain('s3cret');
    }
  });

  test('in a script that it names are told with the place in the script', async () => {
    await write('answers.yaml', 'answers:\n  - one\n  - {txt: two}\n');
    const text = 'answer: {source: script, script: answers.yaml}';
    expect(await mistakesIn(text)).toBe(
      [
        'Failed to read script file "answers.yaml": there are 2 mistakes in it.',
        '  answers.yaml:3:5: answers[1].text is missing; it must be a text.',
        '  answers.yaml:3:6: answers[1].txt is not a known key. Did you mean "text"?',
      ].join('\n'),
    );
  });
});

describe('a file that cannot be read', () => {
  test('because it is not there', async () => {
    expect(await mistakeOf(loadConfigFile(join(folder, 'none.yaml')))).toBe(
      'Failed to read config file "none.yaml": there is no such file. Check the path.',
    );
  });

  test('because it is a directory', async () => {
    expect(await mistakeOf(loadConfigFile(folder))).toContain('it is a directory');
  });

  test('because it is too large', async () => {
    const text = `seed: ${'x'.repeat(1024 * 1024)}`;
    expect(await mistakesIn(text)).toContain('it is larger than 1048576 bytes');
  });

  test('because it is not UTF-8', async () => {
    expect(await mistakesIn(Uint8Array.of(0x61, 0x3a, 0x20, 0xff))).toContain('it is not UTF-8');
  });

  test('because its aliases expand to gigabytes', async () => {
    const levels = Array.from({ length: 9 }, (_, level) => {
      const item = level === 0 ? '1' : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array.from({ length: 9 }, () => item).join(', ')}]`;
    });
    expect(await placesIn(levels.join('\n'))).toEqual(['1:1: its aliases expand too far']);
  });

  test('because it is nested too deeply', async () => {
    expect(await mistakesIn('['.repeat(100_000))).toContain('it is nested too deeply');
  });
});

test('a script file in JSON', async () => {
  const path = await write('script.json', '{"match": [{"when": "a", "answer": "b"}]}');
  expect(await loadScriptFile(path)).toEqual({ match: [{ when: 'a', answer: 'b' }] });
});
