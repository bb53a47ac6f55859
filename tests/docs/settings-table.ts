import { defaultOf } from '../../src/cli/settings/defaults.ts';
import { SERVE_SETTINGS } from '../../src/cli/settings/serve-settings.ts';
import { environmentName, type Setting } from '../../src/cli/settings/setting.ts';

const SETTINGS: readonly Setting[] = SERVE_SETTINGS;

/** The flags with their defaults, a row for each group: the short reference. */
export function flagGroups(): string {
  const groups = [...new Set(SETTINGS.map(({ group }) => group))];
  const rows = groups.map((group) => {
    const flags = SETTINGS.filter((setting) => setting.group === group).map((setting) => {
      const value = defaultText(setting);
      return `${flagText(setting)}${value === '' ? '' : ` (${value})`}`;
    });
    return `| ${group} | ${flags.join(', ')} |`;
  });
  return ['| | flag (default) |', '| --- | --- |', ...rows].join('\n');
}

/** Every setting with its names, its default and what it is for. */
export function settingsTable(): string {
  const rows = SETTINGS.map((setting) => {
    const inFile = setting.path === null ? '' : `\`${setting.path.join('.')}\``;
    const names = [flagText(setting), `\`${environmentName(setting)}\``, inFile];
    return `| ${names.join(' | ')} | ${defaultText(setting)} | ${setting.help} |`;
  });
  return ['| flag | environment | config file | default | |', '| --- | --- | --- | --- | --- |']
    .concat(rows)
    .join('\n');
}

function flagText({ flag, short, kind, placeholder }: Setting): string {
  const long = kind === 'boolean' ? `--[no-]${flag}` : `--${flag} ${placeholder ?? ''}`.trimEnd();
  return `\`${short === undefined ? '' : `-${short}, `}${long}\``;
}

function defaultText(setting: Setting): string {
  if (setting.defaultText !== undefined) return setting.defaultText;
  const value = defaultOf(setting);
  if (value === undefined || value === null) return '';
  const isPadded = typeof value === 'string' && value !== value.trim();
  return `\`${isPadded ? JSON.stringify(value) : String(value)}\``;
}
