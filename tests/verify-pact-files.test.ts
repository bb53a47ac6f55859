import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PACT_READ_LIMITS, readPactFiles } from '../src/verify/node/pact/read-pact-files.ts';
import { folderOf, interactionText, pactText, temporaryFolder } from './verify-pact/pacts.ts';

const good = pactText([interactionText('a prompt')]);

describe('a file that is no pact', () => {
  test.each<[name: string, content: string | Uint8Array, problem: string, reason: RegExp]>([
    ['empty', '', 'pact-not-json', /It is no JSON: /],
    ['cut', good.slice(0, 100), 'pact-not-json', /It is no JSON: /],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'pact-not-json', /no UTF-8/],
    ['a list', '[]', 'pact-not-a-pact', /^It is no pact: it must be a mapping/],
    ['null', 'null', 'pact-not-a-pact', /^It is no pact/],
    ['a manifest', '{"name":"x"}', 'pact-not-a-pact', /its consumer is missing/],
    [
      'nameless',
      good.replace('"name": "a-client"', '"title": 1'),
      'pact-not-a-pact',
      /its consumer\.name is missing/,
    ],
    ['without interactions', pactText([]), 'pact-empty', /no interaction/],
    [
      'interactions of another kind',
      pactText(['5']),
      'pact-not-a-pact',
      /its interactions\[0\] must be a mapping/,
    ],
    [
      'a request without a method',
      pactText([interactionText('a', { request: '{"path":"/"}' })]),
      'pact-not-a-pact',
      /interactions\[0\] is none: its request\.method is missing/,
    ],
    [
      'an answer without a status',
      pactText([interactionText('a'), interactionText('b', { response: '{}' })]),
      'pact-not-a-pact',
      /interactions\[1\] is none: its response\.status is missing/,
    ],
    [
      'a later version',
      pactText([interactionText('a')], { version: '5.0' }),
      'pact-unsupported',
      /version "5.0"/,
    ],
    [
      'about messages',
      '{"consumer":{"name":"a"},"provider":{"name":"b"},"messages":[{}]}',
      'pact-unsupported',
      /messages/,
    ],
  ])('%s', async (_name, content, problem, reason) => {
    const cwd = folderOf({ 'one.json': content });
    const { pacts, problems } = await readPactFiles(['one.json'], { cwd });
    expect(pacts).toEqual([]);
    expect(problems).toMatchObject([
      { id: 'pact: one.json', group: 'pact', status: 'inconclusive', problem },
    ]);
    expect(problems[0]?.reason).toMatch(reason);
    expect(problems[0]?.hint).toMatch(/\.$/);
  });

  test('control characters in it do not reach the terminal', async () => {
    const cwd = folderOf({ 'a.json': '{"\u001b[31m' });
    const { problems } = await readPactFiles(['a.json'], { cwd });
    expect(problems[0]?.reason).not.toContain('\u001b');
  });

  test('a nesting deeper than any stack is a result', async () => {
    const cwd = folderOf({ 'a.json': '['.repeat(500_000) });
    const { problems } = await readPactFiles(['a.json'], { cwd });
    expect(problems).toMatchObject([{ problem: 'pact-not-json' }]);
  });
});

describe('a path', () => {
  test('that is not there, and a name that none can have', async () => {
    const paths = ['nowhere.json', 'a\0b.json', `${'x'.repeat(300)}.json`];
    const { problems } = await readPactFiles(paths, { cwd: temporaryFolder() });
    expect(problems.map(({ problem, reason }) => [problem, reason])).toEqual([
      ['pact-not-readable', 'There is no such file.'],
      ['pact-not-readable', 'The name holds a null character.'],
      ['pact-not-readable', 'The name is too long.'],
    ]);
  });

  test('of a pipe that nobody writes into', async () => {
    const cwd = temporaryFolder();
    execFileSync('mkfifo', [join(cwd, 'a.json')]);
    const { problems } = await readPactFiles(['a.json'], { cwd });
    expect(problems).toMatchObject([{ problem: 'pact-not-readable', reason: 'It is no file.' }]);
  });

  test('of a link that leads to itself, and of one that leads to a pact', async () => {
    const cwd = folderOf({ 'good.json': good });
    symlinkSync('loop.json', join(cwd, 'loop.json'));
    symlinkSync('good.json', join(cwd, 'link.json'));
    const { pacts, problems } = await readPactFiles(['loop.json', 'link.json'], { cwd });
    expect(problems).toMatchObject([{ reason: 'Its symbolic links lead in a circle.' }]);
    expect(pacts).toMatchObject([{ path: 'link.json', consumer: 'a-client' }]);
  });

  test('of a folder: its pacts in the order of their names, no folder within, each once', async () => {
    const cwd = folderOf({ 'b.json': good, 'a.json': good, 'notes.txt': 'x', 'c.json': '{' });
    mkdirSync(join(cwd, 'within.d'));
    const { pacts, problems } = await readPactFiles(['.', 'b.json', './a.json'], { cwd });
    expect(pacts.map(({ path }) => path)).toEqual(['a.json', 'b.json']);
    expect(problems).toMatchObject([{ id: 'pact: c.json', problem: 'pact-not-json' }]);
  });

  test('of a folder without a pact leaves the verdict open when it was asked for', async () => {
    const cwd = folderOf({ 'README.md': 'x' });
    const asked = await readPactFiles(['.'], { cwd });
    expect(asked.problems).toMatchObject([{ problem: 'pact-empty', status: 'inconclusive' }]);
    const unasked = await readPactFiles(['.', 'pacts'], { cwd, isRequired: false });
    expect(unasked.problems).toMatchObject([
      { problem: 'pact-empty', status: 'skipped' },
      { problem: 'pact-not-readable', status: 'skipped' },
    ]);
  });

  test('of a bad pact leaves the verdict open though nobody asked for it', async () => {
    const cwd = folderOf({ 'a.json': '{' });
    const { problems } = await readPactFiles(['.'], { cwd, isRequired: false });
    expect(problems).toMatchObject([{ problem: 'pact-not-json', status: 'inconclusive' }]);
  });
});

describe('a limit', () => {
  const read = (cwd: string, limits: Partial<typeof PACT_READ_LIMITS>) =>
    readPactFiles(['.'], { cwd, limits: { ...PACT_READ_LIMITS, ...limits } });

  test('of one file', async () => {
    const { problems } = await read(folderOf({ 'a.json': good }), { fileMaxBytes: 100 });
    expect(problems).toMatchObject([
      { problem: 'pact-too-large', reason: 'It has more than 100 bytes.' },
    ]);
  });

  test('of all files together: those before it are taken', async () => {
    const cwd = folderOf({ 'a.json': good, 'b.json': good });
    const { pacts, problems } = await read(cwd, { totalMaxBytes: good.length + 100 });
    expect(pacts).toHaveLength(1);
    expect(problems).toMatchObject([{ id: 'pact: b.json', problem: 'pact-too-large' }]);
  });

  test('of files', async () => {
    const cwd = folderOf({ 'a.json': good, 'b.json': good, 'c.json': good });
    const { pacts, problems } = await read(cwd, { filesMax: 1 });
    expect(pacts).toHaveLength(1);
    expect(problems).toMatchObject([
      { id: 'pact: b.json', reason: 'With it, there are more than 1 files.' },
    ]);
  });

  test('of interactions', async () => {
    const two = pactText([interactionText('a'), interactionText('b')]);
    const cwd = folderOf({ 'a.json': two, 'b.json': good, 'c.json': two });
    const { pacts, problems } = await read(cwd, { interactionsMax: 3 });
    expect(pacts.map(({ path }) => path)).toEqual(['a.json', 'b.json']);
    expect(problems).toMatchObject([{ id: 'pact: c.json', problem: 'pact-too-large' }]);
  });
});

describe('a pact', () => {
  const only = async (text: string) => {
    const { pacts, problems } = await readPactFiles(['.'], { cwd: folderOf({ 'a.json': text }) });
    expect(problems).toEqual([]);
    return pacts[0]?.interactions[0];
  };

  test('of version 2', async () => {
    const text = `{ "consumer": {"name":"a"}, "provider": {"name":"b"}, "interactions": [{
      "description": "old", "providerState": "s",
      "request": { "method": "get", "path": "/", "query": "a=1&a=2%20b", "headers": {"X-A": "b"} },
      "response": { "status": 200 } }],
      "metadata": { "pact-specification": { "version": "2.0.0" } } }`;
    expect(await only(text)).toMatchObject({
      states: ['s'],
      request: {
        method: 'GET',
        query: [
          ['a', '1'],
          ['a', '2 b'],
        ],
        headers: [['X-A', 'b']],
      },
    });
  });

  test('of version 3, and one that was written by hand and names none', async () => {
    const interaction = `{ "description": "d", "providerStates": [{"name":"s","params":{}},{"name":"t"}],
      "request": { "method": "POST", "path": "/", "query": {"a":["1"]} }, "response": { "status": 200 } }`;
    const text = pactText([interaction], { version: '3.0.0' });
    expect(await only(text)).toMatchObject({
      states: ['s', 't'],
      request: { query: [['a', '1']] },
    });
    expect(await only(text.replace('"pactSpecification"', '"other"'))).toMatchObject({
      states: ['s', 't'],
    });
  });

  test('with a byte order mark', async () => {
    expect(await only(`\ufeff${good}`)).toMatchObject({ description: 'a prompt' });
  });

  test('of version 4 with a message among its interactions', async () => {
    const message = '{"type":"Asynchronous/Messages","description":"m","contents":{}}';
    expect(await only(pactText([message]))).toMatchObject({ description: 'm', request: null });
  });
});
