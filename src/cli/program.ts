import { Command, CommanderError, Option } from 'commander';
import { showValue } from '../emulator/explain/show.ts';
import { didYouMean } from '../emulator/explain/suggest.ts';
import { UsageError } from '../emulator/usage-error.ts';
import type { CommandSpec, Terminal } from './command.ts';
import { formatCommandHelp, formatProgramHelp } from './help.ts';
import type { Setting } from './settings/setting.ts';
import { PROGRAM, readVersion } from './version.ts';

/** All went as asked. */
export const EXIT_OK = 0;
/** The program itself failed. */
export const EXIT_INTERNAL = 1;
/** The user's mistake: a wrong flag or config, a port in use. */
export const EXIT_USAGE = 2;

const COLUMNS_MAX = 100;

/** Parses the arguments, runs the command they name and resolves to the exit code. */
export async function runProgram(
  commands: readonly CommandSpec[],
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    checkCommandName(commands, args);
    let exitCode = EXIT_OK;
    const program = createProgram(commands, terminal, (code) => {
      exitCode = code;
    });
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_OK;
    const mistake = error instanceof CommanderError ? translate(error, commands, args) : error;
    if (mistake instanceof UsageError) {
      terminal.stderr.write(`${mistake.message}\n`);
      return EXIT_USAGE;
    }
    const detail = mistake instanceof Error ? (mistake.stack ?? mistake.message) : String(mistake);
    terminal.stderr.write(`${PROGRAM} met an error of its own; please report it.\n${detail}\n`);
    return EXIT_INTERNAL;
  }
}

function createProgram(
  commands: readonly CommandSpec[],
  terminal: Terminal,
  onDone: (exitCode: number) => void,
): Command {
  const columns = Math.min(terminal.stdout.columns ?? COLUMNS_MAX, COLUMNS_MAX);
  const program = configure(new Command(PROGRAM), terminal);
  program.version(readVersion(), '--version');
  program.helpInformation = () => formatProgramHelp(commands, columns);
  for (const spec of commands) {
    const command = configure(new Command(spec.name), terminal).allowExcessArguments(true);
    command.helpInformation = () => formatCommandHelp(spec, columns);
    for (const option of spec.settings.flatMap(toOptions)) command.addOption(option);
    command.action(async () => {
      refuseOperands(spec, command.args);
      const flags = toFlags(spec.settings, command.opts());
      onDone(await spec.run({ flags, environment: terminal.environment }, terminal));
    });
    program.addCommand(command, { isDefault: spec.isDefault });
  }
  return program;
}

function configure(command: Command, terminal: Terminal): Command {
  return command.exitOverride().configureOutput({
    writeOut: (text) => terminal.stdout.write(text),
    // What commander would say is said by `translate`, in the words of the house.
    writeErr: () => {},
  });
}

function toOptions(setting: Setting): Option[] {
  const short = setting.short === undefined ? '' : `-${setting.short}, `;
  if (setting.kind === 'boolean') {
    return [new Option(`${short}--${setting.flag}`), new Option(`--no-${setting.flag}`)];
  }
  return [new Option(`${short}--${setting.flag} <${setting.placeholder ?? 'value'}>`)];
}

/** Commander names its values in camel case; the table of settings names them as typed. */
function toFlags(settings: readonly Setting[], options: Record<string, string | boolean>) {
  const flags: Record<string, string | boolean> = {};
  for (const { flag } of settings) {
    const value = options[flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
    if (value !== undefined) flags[flag] = value;
  }
  return flags;
}

/** Because there is a default command, a mistyped command would look like an operand of it. */
function checkCommandName(commands: readonly CommandSpec[], args: readonly string[]): void {
  const [first] = args;
  if (first === undefined || first.startsWith('-')) return;
  const names = [...commands.map((command) => command.name), 'help'];
  const asked = first === 'help' ? (args[1] ?? 'help') : first;
  if (names.includes(asked)) return;
  const meant = didYouMean(asked, names);
  throw new UsageError(
    'unknown-command',
    `Failed to run command ${showValue(asked)}: there is no such command.${meant} ` +
      `Run "${PROGRAM} --help" for the list.`,
  );
}

function refuseOperands(spec: CommandSpec, operands: readonly string[]): void {
  const [operand] = operands;
  if (operand === undefined) return;
  throw new UsageError(
    'unexpected-argument',
    `Failed to run command "${spec.name}": it takes flags only, and ` +
      `${showValue(operand)} is none. Run "${PROGRAM} ${spec.name} --help" for the flags.`,
  );
}

function translate(
  error: CommanderError,
  commands: readonly CommandSpec[],
  args: readonly string[],
): UsageError {
  const spec =
    commands.find((command) => command.name === args[0]) ??
    commands.find((command) => command.isDefault);
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const help = `Run "${PROGRAM} ${spec?.name ?? ''} --help" for the flags.`;
  if (error.code === 'commander.optionMissingArgument') {
    const [flag = quoted] = /--[\w-]+/.exec(quoted) ?? [];
    return new UsageError(
      'missing-value',
      `Failed to read flag "${flag}": its value is missing. ${help}`,
    );
  }
  if (error.code === 'commander.unknownOption') {
    const [name = ''] = quoted.split('=');
    const known = spec?.settings.flatMap(toOptions).map((option) => option.long ?? '') ?? [];
    const isKnown = known.includes(name);
    const reason = isKnown ? 'it takes no value' : 'there is no such flag';
    const meant = isKnown ? '' : didYouMean(name, [...known, '--help', '--version']);
    return new UsageError(
      'unknown-flag',
      `Failed to read flag ${showValue(name)}: ${reason}.${meant} ${help}`,
    );
  }
  const reason = error.message.replace(/^error: /, '');
  return new UsageError('bad-arguments', `Failed to read the arguments: ${reason}. ${help}`);
}
