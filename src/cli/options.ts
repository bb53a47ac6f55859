import { Option } from 'commander';
import type { Setting } from './settings/setting.ts';
import type { FlagValue } from './settings/stated.ts';

/** The options of a setting, as commander takes them. */
export function toOptions(setting: Setting): readonly Option[] {
  const short = setting.short === undefined ? '' : `-${setting.short}, `;
  const no = new Option(`--no-${setting.flag}`);
  if (setting.kind === 'boolean') return [new Option(`${short}--${setting.flag}`), no];
  const option = new Option(`${short}--${setting.flag} <value>`);
  if (setting.kind === 'texts') {
    // A `--no-` form before it has said false, and means nothing any more.
    option.argParser((text, texts: unknown) => (Array.isArray(texts) ? [...texts, text] : [text]));
  }
  return setting.hasNo === true ? [option, no] : [option];
}

/** Commander names its values in camel case; the table of settings names them as typed. */
export function toFlags(
  settings: readonly Setting[],
  options: Readonly<Record<string, FlagValue>>,
): Record<string, FlagValue> {
  const flags: Record<string, FlagValue> = {};
  for (const { flag } of settings) {
    const value = options[flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())];
    if (value !== undefined) flags[flag] = value;
  }
  return flags;
}
