import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { CommandSpec, Terminal } from '../../src/cli/command.ts';
import { serveCommand } from '../../src/cli/commands/serve.ts';
import { verifyCommand } from '../../src/cli/commands/verify.ts';
import { runProgram } from '../../src/cli/program.ts';

/** What the program is run in. */
export interface World {
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether it writes to a terminal. */
  readonly isTTY?: boolean;
  readonly commands?: readonly CommandSpec[];
}

/** Runs the program in process; of what it does, its texts and its exit code can be seen. */
export async function run(args: readonly string[], world: World = {}) {
  const { environment = {}, isTTY = false, commands = [serveCommand, verifyCommand] } = world;
  const output = () => Object.assign(new PassThrough({ encoding: 'utf8' }), { fd: -1, isTTY });
  const [stdout, stderr] = [output(), output()];
  const signals = new EventEmitter();
  const exit = (code: number) => {
    throw new Error(`the process was ended with ${code}`);
  };
  // Sound: of a process, listeners are added and taken away, and it is ended.
  const fakeProcess = Object.assign(signals, { exit }) as unknown as Terminal['process'];
  const terminal = { stdout, stderr, environment, process: fakeProcess };
  const code = await runProgram(commands, args, terminal);
  const text = (stream: PassThrough) => String(stream.read() ?? '');
  const listeners = signals.eventNames().length;
  return { code, stdout: text(stdout), stderr: text(stderr), listeners };
}

/** Runs `verify` without looking for pacts. */
export function verify(args: readonly string[], world: World = {}) {
  return run(['verify', '--no-pact', ...args], world);
}
