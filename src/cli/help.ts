import { joinWords } from '../emulator/explain/show.ts';
import { row, wrap } from './columns.ts';
import type { CommandSpec } from './command.ts';
import { defaultOf } from './settings/defaults.ts';
import { environmentName, type Setting } from './settings/setting.ts';
import { PROGRAM } from './version.ts';

/** The help of the program: its commands, and the flags of the one that needs no name. */
export function formatProgramHelp(commands: readonly CommandSpec[], columns: number): string {
  const main = commands.find((command) => command.isDefault);
  const rows = commands.map((command) => row(nameOf(command), commandSummary(command), columns));
  return [
    `Usage: ${PROGRAM} [command] [flags]`,
    '',
    ...wrap(
      'A local stand-in for a Modal web endpoint that serves an LLM. It answers as FastAPI does ' +
        "and says what LangChain's Modal class would make of every answer.",
      columns,
    ),
    '',
    'Commands:',
    ...rows,
    ...(main === undefined ? [] : settingsHelp(main, columns)),
    '',
    'Help:',
    row('-h, --help', 'Show this text.', columns),
    row('--version', 'Show the version.', columns),
    ...(main === undefined ? [] : footer(main, columns)),
    '',
  ].join('\n');
}

/** The help of one command. */
export function formatCommandHelp(command: CommandSpec, columns: number): string {
  return [
    `Usage: ${PROGRAM} ${nameOf(command)}${command.settings.length === 0 ? '' : ' [flags]'}`,
    '',
    ...wrap(command.summary, columns),
    ...(command.details ?? []).flatMap((paragraph) => ['', ...wrap(paragraph, columns)]),
    ...settingsHelp(command, columns),
    '',
    'Help:',
    row('-h, --help', 'Show this text.', columns),
    ...footer(command, columns),
    '',
  ].join('\n');
}

function nameOf({ name, operand }: CommandSpec): string {
  if (operand === undefined) return name;
  const { placeholder, way, isRepeatable = false } = operand;
  const shown = `${placeholder}${isRepeatable ? '...' : ''}`;
  return `${name} ${way === null ? `[${shown}]` : shown}`;
}

function commandSummary(command: CommandSpec): string {
  return command.isDefault
    ? `${command.summary} It needs no name: the flags below are its own.`
    : command.summary;
}

function settingsHelp(command: CommandSpec, columns: number): string[] {
  const groups = [...new Set(command.settings.map((setting) => setting.group))];
  return groups.flatMap((group) => [
    '',
    `${group}:`,
    ...command.settings
      .filter((setting) => setting.group === group)
      .map((setting) => row(flagTerm(setting), `${setting.help}${defaultNote(setting)}`, columns)),
  ]);
}

function flagTerm(setting: Setting): string {
  const short = setting.short === undefined ? '' : `-${setting.short}, `;
  const hasNo = setting.kind === 'boolean' || setting.hasNo === true;
  const flag = hasNo ? `--[no-]${setting.flag}` : `--${setting.flag}`;
  return `${short}${flag}${setting.placeholder === undefined ? '' : ` ${setting.placeholder}`}`;
}

function defaultNote(setting: Setting): string {
  if (setting.defaultText !== undefined) return ` (default: ${setting.defaultText})`;
  const value = defaultOf(setting);
  if (value === undefined || setting.kind === 'boolean') return '';
  const isPadded = typeof value === 'string' && value !== value.trim();
  return ` (default: ${isPadded ? JSON.stringify(value) : value})`;
}

function footer(command: CommandSpec, columns: number): string[] {
  const examples = command.examples.map(([flags, result]) =>
    row(`${PROGRAM} ${flags}`.trimEnd(), result, columns),
  );
  const sources = [environmentNote(command), fileNote(command)].join(' ').trim();
  return [...(sources === '' ? [] : ['', ...wrap(sources, columns)]), '', 'Examples:', ...examples];
}

function environmentNote({ settings }: CommandSpec): string {
  if (settings.length === 0) return '';
  const example = settings.findLast(({ flag }) => flag.includes('-'));
  const as = example === undefined ? '' : `: --${example.flag} is ${environmentName(example)}`;
  const lines = settings.some(({ kind }) => kind === 'texts')
    ? ' What can be given several times is a line each there.'
    : '';
  return `Every flag is an environment variable too${as}.${lines}`;
}

/** What cannot stand in the file, and what counts more. */
function fileNote({ settings }: CommandSpec): string {
  if (!settings.some(({ flag }) => flag === 'config')) return '';
  const outside = settings.filter(({ path }) => path === null).map(({ flag }) => `--${flag}`);
  return (
    `All but ${joinWords(outside, 'and')} can stand in the config file. Flags count more than the ` +
    'environment, and the environment more than the file.'
  );
}
