import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { EmulatorInput } from '../src/emulator/options.ts';
import {
  type Endpoint,
  nobody,
  startBroken,
  startEmulator,
  startRefusing,
} from './verify-cli/endpoints.ts';
import { readXml, type XmlElement } from './verify-cli/read-xml.ts';
import { verify, type World } from './verify-cli/run.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

const open: Endpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function emulator(input?: EmulatorInput): Promise<Endpoint> {
  const endpoint = await startEmulator(input);
  open.push(endpoint);
  return endpoint;
}

async function broken(...args: Parameters<typeof startBroken>): Promise<Endpoint> {
  const endpoint = await startBroken(...args);
  open.push(endpoint);
  return endpoint;
}

function answerJson(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

describe('an endpoint that keeps the contract passes', () => {
  test.each(['fastapi-0.143', 'fastapi-0.115', 'fastapi-0.92'] as const)('%s', async (stack) => {
    const { url } = await emulator({ answer: 'echo', stack });
    const { code, stdout, stderr, listeners } = await verify([url, '--seed', '42']);
    expect({ code, stderr, listeners }).toEqual({ code: 0, stderr: '', listeners: 0 });
    expect(stdout).toContain(`verify ${url}\n`);
    expect(stdout).toMatch(/^ {2}seed {6}42$/m);
    expect(stdout).toMatch(/^ {2}ok {7}echo: The answer repeats the prompt/m);
    expect(stdout).toMatch(/^Passed\. \d+ checks: \d+ passed.*; \d+ of 20 requests in /m);
    expect(stdout).toMatch(/^First answer after .* a cold start included; later ones after /m);
    expect(stdout).not.toContain('\u001b');
  });

  test('of another shape, that the config file describes', async () => {
    const path = join(folder, 'get.yaml');
    await writeFile(
      path,
      'function: {method: GET, query: {question: str, n: int = 1}, handler: {kind: answer, key: text}}',
    );
    const { url } = await emulator({
      answer: 'echo',
      function: {
        method: 'GET',
        query: { question: 'str', n: 'int = 1' },
        handler: { kind: 'answer', key: 'text' },
      },
    });
    const { code, stdout } = await verify([url, '--config', path]);
    expect(stdout).toContain('contract  GET, prompt in query parameter "question"');
    expect(code).toBe(0);
  });

  test('without the echo, where none is asked for', async () => {
    const { url } = await emulator({ answer: 'hello' });
    expect((await verify([url, '--no-echo'])).code).toBe(0);
    expect((await verify([url])).code).toBe(1);
  });

  test('under another key', async () => {
    const { url } = await emulator({
      answer: 'echo',
      function: { handler: { kind: 'answer', key: 'response' } },
    });
    expect((await verify([url, '--answer-key', 'response'])).code).toBe(0);
    expect((await verify([url])).code).toBe(1);
  });
});

describe('an endpoint that breaks it fails', () => {
  test('with a reason, a consequence, a hint and a curl line', async () => {
    const { url } = await emulator({ answer: 'hello' });
    const { code, stdout } = await verify([url]);
    expect(code).toBe(1);
    const [, ...lines] =
      /^ {2}FAILED {3}echo: .*\n(?: {11}.*\n)+/m.exec(stdout)?.[0].split('\n') ?? [];
    expect(lines.slice(0, -1)).toEqual([
      expect.stringMatching(/^ {11}\[echo-missing\] .*"hello world"/),
      expect.stringMatching(/^ {11}LangChain's Modal class raises UnboundLocalError/),
      expect.stringContaining('--no-echo'),
      expect.stringMatching(/^ {11}curl .*'http:\/\/127\.0\.0\.1:\d+\/'/),
    ]);
    expect(stdout).toMatch(/^Failed\. \d+ checks: \d+ passed, [1-9]\d* failed/m);
  });

  test('with its colours on a terminal', async () => {
    const { url } = await emulator({ answer: 'hello' });
    const { stdout } = await verify([url], { isTTY: true });
    expect(stdout).toContain('\u001b[31mFAILED \u001b[39m');
    const plain = await verify([url], { isTTY: true, environment: { NO_COLOR: '1' } });
    expect(plain.stdout).not.toContain('\u001b');
  });

  test('with what it answers made harmless', async () => {
    const nasty = '\u001b[2J\u0007\r\n::error::x\n##[error]y';
    const { url } = await broken((_request, response) =>
      answerJson(response, 200, { prompt: nasty }),
    );
    const { code, stdout } = await verify([url], { environment: { GITHUB_ACTIONS: 'true' } });
    expect(code).toBe(1);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).not.toContain('\u0007');
    // What is not between the stops is ours: annotations alone, a line each.
    const word = /^::stop-commands::(.*)$/m.exec(stdout)?.[1] ?? '';
    const [inside = '', outside = ''] = stdout.split(`::${word}::\n`);
    expect(inside).toContain('FAILED');
    const annotations = outside.trimEnd().split('\n');
    expect(annotations.length).toBeGreaterThan(0);
    for (const line of annotations)
      expect(line).toMatch(/^::(?:error|warning) title=modal-emulator /);
  });
});

describe('what cannot be judged is inconclusive, and never a pass', () => {
  test('where nobody listens', async () => {
    const url = await nobody();
    const { code, stdout } = await verify([url]);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^ {2}unclear {2}reach: .*\n {11}\[refused\]/m);
    expect(stdout).toMatch(/^ {2}skipped {2}echo: .+\.$/m);
    expect(stdout).toMatch(/^Inconclusive\. \d+ checks: 0 passed, 1 inconclusive/m);
  });

  test('where every connection is closed', async () => {
    const endpoint = await startRefusing();
    open.push(endpoint);
    expect((await verify([endpoint.url])).code).not.toBe(0);
  });

  test('where nothing answers in time', async () => {
    const { url } = await broken(() => {});
    const { code, stdout } = await verify([url, '--timeout', '50ms', '--max-requests', '3']);
    expect(code).toBe(3);
    expect(stdout).toContain('budget    3 requests, 50 ms for a check');
  });
});

test('the budget holds', async () => {
  const endpoint = await emulator();
  const { stdout } = await verify([endpoint.url, '--max-requests', '2']);
  expect(endpoint.connections()).toBe(2);
  expect(stdout).toContain('2 of 2 requests in ');
  expect(stdout).toMatch(/^ {2}skipped {2}[\w-]+: .*budget/im);
});

test('the same seed sends the same requests', async () => {
  const bodies: string[] = [];
  const { url } = await broken((_request, response, body) => {
    bodies.push(body);
    answerJson(response, 500, {});
  });
  await verify([url, '--seed', 'a']);
  const first = bodies.splice(0);
  await verify([url, '--seed', 'a']);
  expect(bodies.splice(0)).toEqual(first);
  await verify([url, '--seed', 'b']);
  expect(bodies).not.toEqual(first);
});

describe('reports', () => {
  const names = (root: XmlElement, tag: string) =>
    root.children.flatMap((suite) =>
      suite.children
        .filter(({ children }) => children.some(({ name }) => name === tag))
        .map(({ attributes }) => attributes.name),
    );

  test('are written though the contract is broken, and agree', async () => {
    const { url } = await emulator({ answer: 'hello' });
    const [junit, json] = [join(folder, 'r.xml'), join(folder, 'r.json')];
    const { code } = await verify([url, '--report', `junit=${junit},json=${json}`]);
    expect(code).toBe(1);
    const read = JSON.parse(await readFile(json, 'utf8'));
    expect(read).toMatchObject({ schemaVersion: 1, verdict: 'failed', url });
    const failed = read.results.filter(({ status }: { status: string }) => status === 'failed');
    expect(failed.map(({ id }: { id: string }) => id)).toContain('echo');
    const root = readXml(await readFile(junit, 'utf8'));
    expect(names(root, 'failure')).toEqual(failed.map(({ id }: { id: string }) => id));
    expect(Number(root.attributes.tests)).toBe(read.results.length);
    expect(root.children.map(({ attributes }) => attributes.name)).toEqual(['reach', 'contract']);
  });

  test('say of an endpoint that is not there that it is an error', async () => {
    const junit = join(folder, 'nobody.xml');
    const { code } = await verify([await nobody(), '--report', `junit=${junit}`]);
    expect(code).toBe(3);
    const root = readXml(await readFile(junit, 'utf8'));
    expect(names(root, 'error')).toEqual(['reach']);
    expect(names(root, 'failure')).toEqual([]);
  });

  test('can be standard output, and the text makes way', async () => {
    const { url } = await emulator();
    const { code, stdout, stderr } = await verify([url, '--report', 'json=-']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).verdict).toBe('passed');
    expect(stderr).toMatch(/^Passed\./m);
  });

  test('that cannot be written any more are told, and are no pass', async () => {
    const gone = await mkdtemp(join(tmpdir(), 'verify-gone-'));
    const endpoint = await startEmulator({ answer: 'echo' }, () =>
      rmSync(gone, { recursive: true, force: true }),
    );
    open.push(endpoint);
    const { code, stdout, stderr } = await verify([
      endpoint.url,
      '--report',
      `json=${join(gone, 'r.json')}`,
    ]);
    expect(stdout).toMatch(/^Passed\./m);
    expect(code).toBe(2);
    expect(stderr).toContain('Failed to write the json report');
    expect(stderr).toContain('its folder is gone.');
  });
});

describe('under GitHub Actions', () => {
  const github = async (url: string, environment: World['environment'] = {}) => {
    const summary = join(folder, 'summary.md');
    await writeFile(summary, 'before\n');
    const done = await verify([url], {
      environment: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, ...environment },
    });
    return { ...done, summary: await readFile(summary, 'utf8') };
  };

  test('failures are annotations, and a table is added to the summary', async () => {
    const { url } = await emulator({ answer: 'hello' });
    const { stdout, summary } = await github(url);
    expect(stdout).toMatch(
      /^::error title=modal-emulator verify%3A echo::The prompt .*%0ALangChain/m,
    );
    expect(summary).toMatch(/^before\n### modal-emulator verify: failed\n/);
    expect(summary).toMatch(/^\| :x: failed \| echo<br>/m);
  });

  test('a pass is no annotation', async () => {
    const { url } = await emulator();
    const { stdout, summary } = await github(url);
    expect(stdout).not.toMatch(/^::(?:error|warning)/m);
    expect(summary).toContain('### modal-emulator verify: passed');
  });

  test('a summary that cannot be written is a warning', async () => {
    const { url } = await emulator();
    const { code, stderr } = await github(url, { GITHUB_STEP_SUMMARY: join(folder, 'no', 'file') });
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^Failed to write the summary .*: ENOENT\. The checks count all the same\.$/m,
    );
  });
});

test('a proxy of the environment is told of, once', async () => {
  const environment = { HTTP_PROXY: 'http://proxy:hunter2@127.0.0.1:9' };
  const { url } = await emulator();
  const local = await verify([url], { environment });
  expect(local).toMatchObject({ code: 0, stderr: '' });
  // A name that no resolver knows.
  const remote = await verify(['http://nobody.invalid/'], { environment });
  expect(remote.code).toBe(3);
  expect(remote.stderr.match(/HTTP_PROXY is set, and verify does not use it/g)).toHaveLength(1);
  expect(remote.stdout + remote.stderr).not.toContain('hunter2');
});

test('a variable that sets nothing is warned of', async () => {
  const { url } = await emulator();
  const { code, stderr } = await verify([url], {
    environment: { MODAL_EMULATOR_VERIFY_TIMOUT: '1s' },
  });
  expect(code).toBe(0);
  expect(stderr).toContain('Did you mean "MODAL_EMULATOR_VERIFY_TIMEOUT"?');
});
