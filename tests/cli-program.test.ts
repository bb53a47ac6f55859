import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { CommandSpec, Terminal } from '../src/cli/command.ts';
import { serveCommand } from '../src/cli/commands/serve.ts';
import { runProgram } from '../src/cli/program.ts';
import { UsageError } from '../src/emulator/usage-error.ts';

/** Runs the program in process; of what it does, only its text and exit code can be seen. */
async function run(args: readonly string[], commands: readonly CommandSpec[] = [serveCommand]) {
  const output = () => Object.assign(new PassThrough({ encoding: 'utf8' }), { fd: -1 });
  const [stdout, stderr] = [output(), output()];
  const signals = new EventEmitter();
  const exit = () => {
    throw new Error('the process was ended');
  };
  // Sound: a program that fails before it serves only ever adds listeners.
  const fakeProcess = Object.assign(signals, { exit }) as unknown as Terminal['process'];
  const terminal = { stdout, stderr, environment: {}, process: fakeProcess };
  const code = await runProgram(commands, args, terminal);
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

describe('help', () => {
  test.each([[['--help']], [['-h']], [['help']]])('%j of the program', async (args) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: modal-emulator [command] [flags]');
    expect(stdout).toContain('-p, --port PORT');
  });

  test.each([[['serve', '--help']], [['help', 'serve']], [['serve', '-h']]])(
    '%j of a command',
    async (args) => {
      const { code, stdout } = await run(args);
      expect(code).toBe(0);
      expect(stdout).toContain('Usage: modal-emulator serve [flags]');
    },
  );

  test('is no wider than a terminal, and names the environment variables by rule', async () => {
    const { stdout } = await run(['--help']);
    const widest = Math.max(...stdout.split('\n').map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(100);
    expect(stdout).toContain('MODAL_EMULATOR_LOG_LEVEL');
  });

  test('has a version beside it', async () => {
    const { code, stdout } = await run(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('a mistake ends with 2 and one message', () => {
  test.each([
    [['sevre'], 'Failed to run command "sevre": there is no such command. Did you mean "serve"?'],
    [['help', 'sevre'], 'there is no such command. Did you mean "serve"?'],
    [
      ['--prot', '1'],
      'Failed to read flag "--prot": there is no such flag. Did you mean "--port"?',
    ],
    [['serve', '--answr=echo'], 'flag "--answr": there is no such flag. Did you mean "--answer"?'],
    [['--no-jsn'], 'flag "--no-jsn": there is no such flag. Did you mean "--no-json"?'],
    [['-x'], 'Failed to read flag "-x": there is no such flag.'],
    [['--json=5'], 'Failed to read flag "--json": it takes no value.'],
    [['--port'], 'Failed to read flag "--port": its value is missing.'],
    [['-p'], 'Failed to read flag "--port": its value is missing.'],
    [['--port', '0', 'x'], 'Failed to run command "serve": it takes flags only, and "x" is none.'],
    [['-p', 'x'], 'Failed to read flag --port "x": it must be a number.'],
    [['--port', '--json'], 'Failed to read flag --port "--json": it must be a number.'],
    [['--config', 'none.yaml'], 'Failed to read config file "none.yaml": there is no such file.'],
    [['--script', 'none.yaml'], 'Failed to read script file "none.yaml": there is no such file.'],
    [['--host', '192.0.2.1', '--port', '0'], 'Failed to listen on "192.0.2.1:0": '],
    [['\u001b[31m'], 'Failed to run command "\\u001b[31m": there is no such command.'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('a command', () => {
  const spec = (body: CommandSpec['run']): CommandSpec => ({
    name: 'check',
    summary: 'Checks.',
    isDefault: false,
    settings: [],
    examples: [],
    run: body,
  });

  test('decides the exit code', async () => {
    const { code } = await run(['check'], [serveCommand, spec(async () => 3)]);
    expect(code).toBe(3);
  });

  test('that fails by a mistake of the user says so without a stack', async () => {
    const failing = spec(() => Promise.reject(new UsageError('x', 'Failed to check.')));
    expect(await run(['check'], [serveCommand, failing])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Failed to check.\n',
    });
  });

  test('that fails by its own says where', async () => {
    const failing = spec(() => Promise.reject(new TypeError('no such thing')));
    const { code, stderr } = await run(['check'], [serveCommand, failing]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/please report it\.\nTypeError: no such thing\n {4}at /);
  });
});
