import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask, createProgramStarter } from './cli-scenarios/program.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-scenario-serve-'));
});
afterAll(() => rm(folder, { recursive: true }));

const { start, serve, killAll } = createProgramStarter(() => folder);
afterEach(killAll);

const write = (name: string, text: string) => writeFile(join(folder, name), text);

/** Of many prompts, what each one got. */
async function askAll(url: string, count = 40): Promise<readonly string[]> {
  const answers: string[] = [];
  for (let index = 0; index < count; index += 1) answers.push(await ask(url, `prompt ${index}`));
  return answers;
}

const HALF = 'name: half\nsteps: [{ toxicity: 0.5, fault: crash }]';

describe('a served scenario', () => {
  test('is told to people at the beginning, and how to have it again in the end', async () => {
    await write('half.yaml', `seed: monday\n${HALF}`);
    const program = start(['--port', '0', '--scenario', 'half.yaml']);
    await program.seen('stderr', /Ctrl-C/);
    const { code, stderr } = await program.stop();
    expect(code).toBe(0);
    const token = /^ {2}replay {4}--replay (r1\.\S+)$/m.exec(stderr)?.[1];
    expect(stderr).toMatch(/^ {2}scenario {2}half$/m);
    expect(stderr).toMatch(/^ {2}seed {6}monday$/m);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
      new RegExp(`Stopped\\. To have scenario "half" with seed "monday" again: --replay ${token}$`),
    );
  });

  test('can be had again from its token alone', async () => {
    await write('half.yaml', HALF);
    const first = await serve(['--scenario', 'half.yaml']);
    expect(first.ready).toMatchObject({ scenario: 'half', seed: expect.stringMatching(/^\d+$/) });
    const answers = await askAll(first.ready.url);
    const again = await serve(['--replay', first.ready.replay ?? '']);
    expect(again.ready).toMatchObject({ scenario: 'half', seed: first.ready.seed });
    expect(await askAll(again.ready.url)).toEqual(answers);
    expect(new Set(answers)).toEqual(new Set(['200', '500']));
  });

  test('is built in, and its seed that of the command line', async () => {
    const { ready, seen } = await serve(['--scenario', 'every-third', '--seed', '7']);
    expect(ready).toMatchObject({ scenario: 'every-third', seed: '7' });
    expect(await askAll(ready.url, 6)).toEqual(['200', '200', '500', '200', '200', '500']);
    await seen('stderr', /POST \/ 500/);
  });

  test('is none without a word', async () => {
    const { ready, stop } = await serve([]);
    expect(ready).not.toHaveProperty('scenario');
    expect((await stop()).stderr).toMatch(/Stopped\.\n$/);
  });

  test('comes from the environment or the config file', async () => {
    await write('config.yaml', 'scenario: { name: inline, steps: [{ fault: crash }] }');
    const inFile = await serve(['--config', 'config.yaml']);
    expect(inFile.ready.scenario).toBe('inline');
    expect(await ask(inFile.ready.url, 'x')).toBe('500');
    const environment = { MODAL_EMULATOR_SCENARIO: 'healthy' };
    const stronger = await serve(['--config', 'config.yaml'], environment);
    expect(stronger.ready.scenario).toBe('healthy');
  });

  test('with a mistake ends the program with 2', async () => {
    await write('bad.yaml', 'steps: [{ fault: hangg }]');
    const { code, stdout, stderr } = await start(['--scenario', 'bad.yaml']).ended;
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('bad.yaml:1:18: steps[0].fault "hangg" is not known here.');
  });
});

test('a changed file is loaded anew, and one with a mistake is not', async () => {
  await write('watched.yaml', 'name: one\nsteps: []');
  const { ready, seen } = await serve(['--scenario', 'watched.yaml', '--watch']);
  expect(await ask(ready.url, 'x')).toBe('200');

  await write('watched.yaml', 'name: two\nsteps: [{ fault: crash }]');
  await seen('stderr', /loaded anew from "watched\.yaml"\. .* "two" .*--replay r1\.\S+\n/);
  expect(await ask(ready.url, 'x')).toBe('500');

  await write('watched.yaml', 'name: three\nsteps: [{ fault: hangg }]');
  await seen('stderr', /watched\.yaml:2:18: steps\[0\]\.fault "hangg"/);
  await seen('stderr', /stays in force/);
  expect(await ask(ready.url, 'x')).toBe('500');
});

test('time that moves by itself does not make anybody wait', async () => {
  await write('late.yaml', 'steps: [{ latency: 10m }]');
  const { ready, seen } = await serve(['--scenario', 'late.yaml', '--clock', 'auto']);
  expect(await ask(ready.url, 'x')).toBe('200');
  expect(await seen('stderr', /POST \/ 200 .* (?:ms|s|min) /)).toMatch(
    / (?:600(?:\.\d)?|600\.\d+) s /,
  );
});

test('the fault header is obeyed only where that is allowed', async () => {
  const headers = { 'X-Modal-Emulator-Fault': 'crash' };
  const closed = await serve([]);
  expect(await ask(closed.ready.url, 'x', headers)).not.toBe('500');
  const open = await serve(['--allow-fault-header']);
  expect(await ask(open.ready.url, 'x', headers)).toBe('500');
  expect(await ask(open.ready.url, 'x')).toBe('200');
});

describe('why', () => {
  test('prints what the emulator says', async () => {
    const { ready } = await serve(['--scenario', 'every-third', '--seed', '7']);
    await askAll(ready.url, 3);
    const { code, stdout, stderr } = await start(['why', '3', '--url', ready.url]).ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Exchange 3 met the scenario "every-third" as its request 3,/);
    expect(stdout).toContain('seed "7"');
    expect(stdout).toContain(`--replay ${ready.replay}\n`);
  });

  test('repeats why the emulator refuses', async () => {
    const { ready } = await serve([]);
    const { code, stderr } = await start(['why', '9'], { MODAL_EMULATOR_URL: ready.url }).ended;
    expect(code).toBe(2);
    expect(stderr).toMatch(/^Failed to find exchange "9": the journal keeps none/);
  });

  test('needs the token where there is one, and never shows it', async () => {
    const environment = { MODAL_EMULATOR_ADMIN_TOKEN: 's3cret' };
    const { ready } = await serve([], environment);
    await ask(ready.url, 'x');
    const without = await start(['why', '1', '--url', ready.url]).ended;
    expect(without.code).toBe(2);
    expect(without.stderr).toContain('it asks for its admin token. Set MODAL_EMULATOR_ADMIN_TOKEN');
    const { code, stdout } = await start(['why', '1', '--url', ready.url], environment).ended;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Exchange 1 met no scenario.*\.\n$/);
    const wrong = { MODAL_EMULATOR_ADMIN_TOKEN: 'other-s3cret' };
    const refused = await start(['why', '1', '--url', ready.url], wrong).ended;
    expect(refused.code).toBe(2);
    expect(refused.stderr).not.toContain('s3cret');
  });

  test('says so where nothing listens', async () => {
    const { ready, stop } = await serve([]);
    await stop();
    const { code, stderr } = await start(['why', '1', '--url', ready.url]).ended;
    expect(code).toBe(2);
    expect(stderr).toBe(
      `Failed to ask "${ready.url}/" why 1: nothing listens there. ` +
        'Start the emulator, or name another one with --url.\n',
    );
  });

  test.each([
    [404, '{"detail":"Not Found"}'],
    [200, '{"prompt":"hello world"}'],
    [200, '<html>'],
    [307, ''],
  ])('says so where %i %s is answered', async (status, body) => {
    const other = createServer((_request, response) => {
      response.writeHead(status, { location: '/elsewhere' }).end(body);
    }).listen(0, '127.0.0.1');
    await once(other, 'listening');
    // Sound: it listens on TCP.
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await start(['why', '1', '--url', `http://127.0.0.1:${port}`]).ended;
    other.close();
    expect(code).toBe(2);
    expect(stderr).toContain('what answers there is no modal-emulator of this version.');
  });
});
