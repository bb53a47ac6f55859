import { PROGRAM } from '../version.ts';

/** How the text of a flag or an environment variable becomes a value. */
export type SettingKind =
  /** Taken as it is; the schema says what is allowed. */
  | 'text'
  | 'integer'
  /** A flag without a value, with a `--no-` form; `true` or `false` in the environment. */
  | 'boolean'
  /** The name of a script file, whose content is the value. */
  | 'script';

/** One setting: its flag, environment variable, place in the config file, default and help. */
export interface Setting {
  /** The flag without its dashes. */
  readonly flag: string;
  readonly short?: string;
  readonly kind: SettingKind;
  /** What stands for the value in the help, such as `PORT`; none for a boolean. */
  readonly placeholder?: string;
  /** Where the config file says it; null when it cannot. */
  readonly path: readonly string[] | null;
  readonly group: string;
  readonly help: string;
  /** What the help says of a default that is no constant. */
  readonly defaultText?: string;
  /** The variant that the setting is a part of: `--words` means something to faker alone. */
  readonly variant?: Variant;
  /** Whether stating the setting chooses its variant, where nothing else does. */
  readonly choosesVariant?: boolean;
  /** Whether no message may show the value. */
  readonly isSecret?: boolean;
}

/** What the discriminator at a path must say. */
export interface Variant {
  readonly path: readonly string[];
  readonly value: string;
}

/** `MODAL_EMULATOR_` */
export const ENVIRONMENT_PREFIX = `${PROGRAM.toUpperCase().replaceAll('-', '_')}_`;

/** The environment variable of a setting: `MODAL_EMULATOR_LOG_LEVEL`. */
export function environmentName(setting: Setting): string {
  return ENVIRONMENT_PREFIX + setting.flag.toUpperCase().replaceAll('-', '_');
}
