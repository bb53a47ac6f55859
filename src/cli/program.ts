import { Command, CommanderError } from 'commander';
import { UsageError } from '../emulator/usage-error.ts';
import { columnsOf } from './columns.ts';
import type { CommandSpec, Terminal } from './command.ts';
import { formatCrash } from './crash.ts';
import { EXIT_INTERNAL, EXIT_OK, EXIT_USAGE } from './exit-codes.ts';
import { formatCommandHelp, formatProgramHelp } from './help.ts';
import { checkCommandName, readOperands, translate } from './mistakes.ts';
import { toFlags, toOptions } from './options.ts';
import { PROGRAM, readVersion } from './version.ts';

/** Parses the arguments, runs the command they name and resolves to the exit code. */
export async function runProgram(
  commands: readonly CommandSpec[],
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let exitCode = EXIT_OK;
  let internalExitCode = EXIT_INTERNAL;
  const run = async (spec: CommandSpec, command: Command) => {
    internalExitCode = spec.internalExitCode ?? EXIT_INTERNAL;
    const operands = readOperands(spec, command.args, commands);
    const flags = toFlags(spec.settings, command.opts());
    const { environment } = terminal;
    const [operand = ''] = operands;
    exitCode = await spec.run({ flags, environment, operand, operands }, terminal);
  };
  try {
    checkCommandName(commands, args);
    await createProgram(commands, terminal, run).parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT_OK;
    const mistake = error instanceof CommanderError ? translate(error, commands, args) : error;
    if (mistake instanceof UsageError) {
      terminal.stderr.write(`${mistake.message}\n`);
      return EXIT_USAGE;
    }
    terminal.stderr.write(formatCrash(mistake));
    return internalExitCode;
  }
}

function createProgram(
  commands: readonly CommandSpec[],
  terminal: Terminal,
  run: (spec: CommandSpec, command: Command) => Promise<void>,
): Command {
  const columns = columnsOf(terminal.stdout);
  const program = configure(new Command(PROGRAM), terminal);
  program.version(readVersion(), '--version');
  program.helpInformation = () => formatProgramHelp(commands, columns);
  for (const spec of commands) {
    const command = configure(new Command(spec.name), terminal).allowExcessArguments(true);
    command.helpInformation = () => formatCommandHelp(spec, columns);
    for (const option of spec.settings.flatMap(toOptions)) command.addOption(option);
    command.action(() => run(spec, command));
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
