import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyCommand } from '../src/cli/commands/verify.ts';
import { EXIT_VERIFY_INTERNAL } from '../src/cli/exit-codes.ts';
import { startRefusing } from './verify-cli/endpoints.ts';
import { run, verify } from './verify-cli/run.ts';

const URL = 'http://127.0.0.1:9/';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'verify-cli-'));
  await mkdir(join(folder, 'empty'));
  await writeFile(join(folder, 'stream.yaml'), 'function: { handler: { kind: stream } }');
  await writeFile(join(folder, 'wrong.yaml'), 'verify:\n  maxRequests: 5\n');
});
afterAll(() => rm(folder, { recursive: true }));

/** In place of the folder of the test, which has another name each time. */
const inFolder = (args: readonly string[]) => args.map((arg) => arg.replace('FOLDER', folder));

describe('a mistake ends with 2 and one message, and sends nothing', () => {
  test.each([
    [[], 'Failed to run command "verify": its URL is missing. Name the endpoint, as https://'],
    [[URL, URL], 'it takes one URL, and 2 were given. Quote a value that has spaces'],
    [['localhost:8000'], 'Did you mean "http://localhost:8000"?'],
    [['my--app.modal.run/x'], 'Did you mean "https://my--app.modal.run/x"?'],
    [['/path'], 'it has no http:// or https:// in front. Write the whole URL, as https://'],
    [['ftp://h/'], 'Failed to verify endpoint "ftp://h/": its scheme is "ftp".'],
    [['http:host'], 'after its scheme come two slashes and a host.'],
    [['http://h:99999/'], 'it is no valid URL.'],
    [['http://h/#x'], 'it has a fragment, which is never sent.'],
    [['http://h/a b'], 'it has a space or a control character in it.'],
    [['http://h/\n'], 'it has a space or a control character in it.'],
    [[`http://h/${'x'.repeat(9000)}`], 'it is longer than 8000 characters.'],
    [['http://user:hunter2@h/'], "use --header 'Authorization: ...'"],
    [[URL, '--maxrequests', '1'], 'there is no such flag. Did you mean "--max-requests"?'],
    [[URL, '--no-pct'], 'there is no such flag. Did you mean "--no-pact"?'],
    [[URL, '--port', '1'], 'Failed to read flag "--port": there is no such flag.'],
    [[URL, '--header'], 'Failed to read flag "--header": its value is missing.'],
    [
      [URL, '--header', 'hunter2'],
      'Failed to read flag --header: it must be written as "Name: value".',
    ],
    [
      [URL, '--header', 'A: b', '--header', 'hunter2'],
      '--header: it must be written as "Name: value".',
    ],
    [
      [URL, '--header', 'X:'],
      'it must have a value after the colon; quote the whole: "Name: value".',
    ],
    [
      [URL, '--header', 'X: hunter2\r\nY: z'],
      'it must have a value without line breaks and controls.',
    ],
    [[URL, '--header', 'X Y: hunter2'], 'it must have a header name before its colon.'],
    [
      [URL, '--header', 'Content-Length: 5'],
      'it names "Content-Length", which is set for every request',
    ],
    [[URL, '--modal-key', 'hunter2'], 'Failed to use the Modal key: its secret is missing'],
    [[URL, '--modal-secret', 'hunter2'], 'Failed to use the Modal secret: its key is missing'],
    [
      [URL, '--modal-key', 'hunter2 x', '--modal-secret', 'y'],
      'flag --modal-key: it must be 1 to 1000',
    ],
    [
      [URL, '--modal-key', 'hunter2', '--modal-secret', 'y', '--header', 'modal-key: z'],
      'a header of that name is given as well',
    ],
    [[URL, '--max-requests', '0'], 'flag --max-requests "0": it must be at least 1.'],
    [[URL, '--max-requests', 'x'], 'flag --max-requests "x": it must be a number.'],
    [
      [URL, '--timeout', '5 parsecs'],
      'flag --timeout "5 parsecs": it must be milliseconds, or a duration',
    ],
    [[URL, '--timeout', '0'], 'flag --timeout "0": it must be at least 1.'],
    [[URL, '--report', 'junit'], 'flag --report "junit": it must be written as junit=FILE;'],
    [
      [URL, '--report', 'x.xml'],
      'it must be written as junit=FILE or json=FILE; "x.xml" has no "=".',
    ],
    [
      [URL, '--report', 'jnuit=x'],
      'unknown kind "jnuit"; known are junit or json. Did you mean "junit"?',
    ],
    [[URL, '--report', 'json='], 'it must name a file behind "json=".'],
    [[URL, '--report', 'json=a,junit=a'], 'it must name another file for every report.'],
    [[URL, '--report', 'json=FOLDER/none/x.json'], 'Failed to write the json report'],
    [[URL, '--report', 'json=FOLDER/empty'], 'it is a folder. Name a file in it.'],
    [[URL, '--pact', 'FOLDER/none.json'], 'there is no such file or folder. Check the path.'],
    [[URL, '--config', 'FOLDER/none.yaml'], 'Failed to read config file'],
    [
      [URL, '--config', 'FOLDER/stream.yaml'],
      'Failed to verify the function: its handler is "stream"',
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr, listeners } = await verify(inFolder(args));
    expect({ code, stdout, listeners }).toEqual({ code: 2, stdout: '', listeners: 0 });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    // Every secret in the table is this word.
    expect(stderr).not.toContain('hunter2');
  });

  test('in the config file is told with its place', async () => {
    const { code, stderr } = await verify([URL, '--config', join(folder, 'wrong.yaml')]);
    expect(code).toBe(2);
    expect(stderr).toContain('wrong.yaml:2:3: verify.maxRequests is not a known key.');
  });

  test('a value that was not quoted is not shown as the URL', async () => {
    const { stderr } = await verify(['--header', 'Authorization:', 'hunter2']);
    expect(stderr).toContain('it must have a value after the colon');
    expect(stderr).not.toContain('hunter2');
  });

  test('no request is sent before the last mistake is found', async () => {
    const endpoint = await startRefusing();
    const report = `json=${join(folder, 'none', 'x.json')}`;
    const { code } = await verify([endpoint.url, '--report', report]);
    await endpoint.close();
    expect({ code, connections: endpoint.connections() }).toEqual({ code: 2, connections: 0 });
  });
});

describe('a URL where a command should be', () => {
  test.each([
    [['https://h/?token=hunter2']],
    [['--port', '0', 'https://h/?token=hunter2']],
    [['https://user:hunter2@h/']],
  ])('%j', async (args) => {
    const { code, stderr } = await run(args);
    expect(code).toBe(2);
    expect(stderr).toContain('Did you mean "modal-emulator verify URL"?');
    expect(stderr).not.toContain('hunter2');
  });
});

describe('help', () => {
  test.each([[['verify', '--help']], [['help', 'verify']], [['verify', '-h']]])(
    '%j',
    async (args) => {
      const { code, stdout } = await run(args);
      expect(code).toBe(0);
      expect(stdout).toContain('Usage: modal-emulator verify URL [flags]');
      expect(stdout).toContain("--header 'NAME: VALUE'");
      expect(stdout).toContain('--[no-]pact PATH');
      expect(stdout).toContain('MODAL_EMULATOR_VERIFY_MAX_REQUESTS');
      expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
    },
  );

  test('of the program names the command', async () => {
    const { stdout } = await run(['--help']);
    expect(stdout).toMatch(/^ {2}verify URL +Check an endpoint by its URL\.$/m);
  });
});

test('an error of its own does not look like a broken contract', async () => {
  const crashing = { ...verifyCommand, run: () => Promise.reject(new TypeError('no such thing')) };
  const { code, stderr } = await run(['verify', URL], { commands: [crashing] });
  expect(code).toBe(EXIT_VERIFY_INTERNAL);
  expect(stderr).toContain('please report it.\nTypeError: no such thing');
});

test('a report of an earlier run is gone when a run begins', async () => {
  const path = join(folder, 'earlier.json');
  await writeFile(path, '{"verdict": "passed"}');
  await verify([URL, '--report', `json=${path}`, '--timeout', '1']);
  expect(await readFile(path, 'utf8')).not.toContain('"verdict": "passed"');
});
