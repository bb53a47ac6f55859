import type { z } from 'zod';
import { PROGRAM } from '../version.ts';

/** How the text of a flag or an environment variable becomes a value. */
export type SettingKind =
  /** Taken as it is; the schema says what is allowed. */
  | 'text'
  /** As `text`, and may be given several times: on the command line, or a line each elsewhere. */
  | 'texts'
  | 'integer'
  /** A flag without a value, with a `--no-` form; `true` or `false` in the environment. */
  | 'boolean'
  /** The name of a script file, whose content is the value. */
  | 'script'
  /** The name of a scenario or of its file; the value is the scenario, read. */
  | 'scenario';

/** One setting: its flag, environment variable, place in the config file, default and help. */
export interface Setting {
  /** The flag without its dashes. */
  readonly flag: string;
  readonly short?: string;
  readonly kind: SettingKind;
  /** What stands for the value in the help, such as `PORT`; none for a boolean. */
  readonly placeholder?: string;
  /** Whether a `--no-` form says that nothing is meant; for a boolean that goes without saying. */
  readonly hasNo?: boolean;
  /** The environment variable, where it is not named after the flag alone. */
  readonly variable?: string;
  /** Where the config file says it; null when it cannot. */
  readonly path: readonly string[] | null;
  /** What is allowed, and what becomes of it, where no place in the config file says so. */
  readonly schema?: z.ZodType;
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
export function environmentName({ flag, variable }: Setting): string {
  return ENVIRONMENT_PREFIX + (variable ?? flag.toUpperCase().replaceAll('-', '_'));
}
