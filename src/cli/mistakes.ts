import type { CommanderError } from 'commander';
import { didYouMean } from '../contract/suggest.ts';
import { showValue } from '../emulator/explain/show.ts';
import { UsageError } from '../emulator/usage-error.ts';
import { withoutSecrets } from '../verify/endpoint-url.ts';
import type { CommandSpec } from './command.ts';
import { toOptions } from './options.ts';
import { PROGRAM } from './version.ts';

/** Because there is a default command, a mistyped command would look like an operand of it. */
export function checkCommandName(commands: readonly CommandSpec[], args: readonly string[]): void {
  const [first] = args;
  if (first === undefined || first.startsWith('-')) return;
  const names = [...commands.map((command) => command.name), 'help'];
  const asked = first === 'help' ? (args[1] ?? 'help') : first;
  if (names.includes(asked)) return;
  const meant = isUrl(asked) ? verifyHint(commands) : didYouMean(asked, names);
  throw new UsageError(
    'unknown-command',
    `Failed to run command ${showValue(withoutSecrets(asked))}: there is no such command.` +
      `${meant} Run "${PROGRAM} --help" for the list.`,
  );
}

/** The operands of a command that takes some, none for others. */
export function readOperands(
  spec: CommandSpec,
  operands: readonly string[],
  commands: readonly CommandSpec[],
): readonly string[] {
  const [operand = ''] = operands;
  const help = `Run "${PROGRAM} ${spec.name} --help" for the flags.`;
  if (spec.operand === undefined) {
    if (operands.length === 0) return operands;
    const meant = isUrl(operand) ? verifyHint(commands) : '';
    const takes = spec.settings.length === 0 ? 'nothing, and' : 'flags only, and';
    const what = spec.settings.length === 0 ? 'was given' : 'is none';
    throw new UsageError(
      'unexpected-argument',
      `Failed to run command "${spec.name}": it takes ${takes} ` +
        `${showValue(withoutSecrets(operand))} ${what}.${meant} ${help}`,
    );
  }
  const { placeholder, way, isRepeatable = false } = spec.operand;
  if (operands.length === 0) {
    if (way === null) return operands;
    throw new UsageError(
      'missing-argument',
      `Failed to run command "${spec.name}": its ${placeholder} is missing. ${way} ${help}`,
    );
  }
  if (operands.length === 1 || isRepeatable) return operands;
  const hasHeader = spec.settings.some(({ flag }) => flag === 'header');
  const hint = hasHeader
    ? "Quote a value that has spaces, as in --header 'Name: value'."
    : 'Run it for each.';
  // Not shown: the value of a flag that was not quoted stands here too, and may be a secret.
  throw new UsageError(
    'unexpected-argument',
    `Failed to run command "${spec.name}": it takes one ${placeholder}, and ${operands.length} ` +
      `were given. ${hint} ${help}`,
  );
}

function isUrl(text: string): boolean {
  return /^https?:/i.test(text);
}

function verifyHint(commands: readonly CommandSpec[]): string {
  const spec = commands.find(({ operand }) => operand?.placeholder === 'URL');
  return spec === undefined ? '' : ` Did you mean "${PROGRAM} ${spec.name} URL"?`;
}

/** Says what commander found in the words of the house. */
export function translate(
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
    const [flag = quoted] = /--[\w-]+/.exec(error.message) ?? [];
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
