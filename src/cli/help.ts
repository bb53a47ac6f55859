import { defaultOf } from './settings/defaults.ts';
import { ENVIRONMENT_PREFIX, type Setting } from './settings/setting.ts';
import type { CommandSpec } from './command.ts';
import { PROGRAM } from './version.ts';

/** Where the second column begins. */
const INDENT = 32;

/** The help of the program: its commands, and the flags of the one that needs no name. */
export function formatProgramHelp(commands: readonly CommandSpec[], columns: number): string {
  const main = commands.find((command) => command.isDefault);
  const rows = commands.map((command) => row(command.name, commandSummary(command), columns));
  return [
    `Usage: ${PROGRAM} [command] [flags]`,
    '',
    ...wrap(
      "A local stand-in for a Modal web endpoint that serves an LLM. It answers as FastAPI does and says what LangChain's Modal class would make of every answer.",
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
    ...(main === undefined ? [] : footer(main)),
    '',
  ].join('\n');
}

/** The help of one command. */
export function formatCommandHelp(command: CommandSpec, columns: number): string {
  return [
    `Usage: ${PROGRAM} ${command.name} [flags]`,
    '',
    ...wrap(command.summary, columns),
    ...settingsHelp(command, columns),
    '',
    'Help:',
    row('-h, --help', 'Show this text.', columns),
    ...footer(command),
    '',
  ].join('\n');
}

function commandSummary(command: CommandSpec): string {
  return command.isDefault ? `${command.summary} (the default)` : command.summary;
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
  const flag = setting.kind === 'boolean' ? `--[no-]${setting.flag}` : `--${setting.flag}`;
  return `${short}${flag}${setting.placeholder === undefined ? '' : ` ${setting.placeholder}`}`;
}

function defaultNote(setting: Setting): string {
  if (setting.defaultText !== undefined) return ` [${setting.defaultText}]`;
  const value = defaultOf(setting);
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? ' [yes]' : ' [no]';
  return ` [${typeof value === 'string' && /^\s|\s$/.test(value) ? JSON.stringify(value) : value}]`;
}

function footer(command: CommandSpec): string[] {
  const examples = command.examples.map((example) => `  ${PROGRAM} ${example}`);
  return [
    '',
    'Every flag is also an environment variable',
    `(--log-level is ${ENVIRONMENT_PREFIX}LOG_LEVEL) and, but for --config and --json, a key of the`,
    'config file. Flags come before the environment, the environment before the file.',
    '',
    'Examples:',
    ...examples,
  ];
}

function row(term: string, text: string, columns: number): string {
  const lines = wrap(text, Math.max(24, columns - INDENT));
  const head = `  ${term}`;
  const fits = head.length < INDENT - 1;
  const body = lines.map((line) => `${' '.repeat(INDENT)}${line}`);
  if (!fits) return [head, ...body].join('\n');
  return [`${head.padEnd(INDENT)}${lines[0] ?? ''}`, ...body.slice(1)].join('\n');
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
