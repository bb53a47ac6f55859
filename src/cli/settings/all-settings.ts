import { SERVE_SETTINGS } from './serve-settings.ts';
import type { Setting } from './setting.ts';
import { VERIFY_SETTINGS } from './verify-settings.ts';
import { WHY_SETTINGS } from './why-settings.ts';

/** The settings of every command: a variable that one of them reads is known to all. */
export const ALL_SETTINGS: readonly Setting[] = [
  ...SERVE_SETTINGS,
  ...VERIFY_SETTINGS,
  ...WHY_SETTINGS,
];
