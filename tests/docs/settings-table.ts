import { defaultOf } from '../../src/cli/settings/defaults.ts';
import { environmentName, type Setting } from '../../src/cli/settings/setting.ts';

/** The flags with their defaults, a row for each group: the short reference. */
export function flagGroups(settings: readonly Setting[]): string {
  const groups = [...new Set(settings.map(({ group }) => group))];
  const rows = groups.map((group) => {
    const flags = settings
      .filter((setting) => setting.group === group)
      .map((setting) => {
        const value = defaultText(setting);
        return `${flagText(setting)}${value === '' ? '' : ` (${value})`}`;
      });
    return `| ${group} | ${flags.join(', ')} |`;
  });
  return ['| | flag (default) |', '| --- | --- |', ...rows].join('\n');
}

/** Every setting with its names, its default and what it is for. */
export function settingsTable(settings: readonly Setting[]): string {
  const rows = settings.map((setting) => {
    const inFile = setting.path === null ? '' : `\`${setting.path.join('.')}\``;
    const names = [flagText(setting), `\`${environmentName(setting)}\``, inFile];
    return `| ${names.join(' | ')} | ${defaultText(setting)} | ${setting.help} |`;
  });
  return ['| flag | environment | config file | default | |', '| --- | --- | --- | --- | --- |']
    .concat(rows)
    .join('\n');
}

function flagText({ flag, short, kind, hasNo, placeholder }: Setting): string {
  const no = kind === 'boolean' || hasNo === true ? '[no-]' : '';
  const long = `--${no}${flag} ${placeholder ?? ''}`.trimEnd();
  const shown = `${short === undefined ? '' : `-${short}, `}${long}`;
  // In a table it would end the cell.
  return `\`${shown.replaceAll('|', '\\|')}\``;
}

function defaultText(setting: Setting): string {
  if (setting.defaultText !== undefined) return setting.defaultText;
  const value = defaultOf(setting);
  if (value === undefined || value === null) return '';
  const isPadded = typeof value === 'string' && value !== value.trim();
  return `\`${isPadded ? JSON.stringify(value) : String(value)}\``;
}
