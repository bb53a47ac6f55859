import type { z } from 'zod';
import { explainIssues } from '../../emulator/explain/issues.ts';
import { showValue } from '../../emulator/explain/show.ts';
import { configSchema } from '../config/schema.ts';
import { environmentName, type Setting } from './setting.ts';
import { setAt } from './tree.ts';

/** Where the value of a setting comes from, the strongest last. */
export const ORIGINS = ['default', 'file', 'environment', 'flag'] as const;
/** One of the origins. */
export type Origin = (typeof ORIGINS)[number];

/** True when what `one` says counts more than what `other` says. */
export function isStronger(one: Origin, other: Origin): boolean {
  return ORIGINS.indexOf(one) > ORIGINS.indexOf(other);
}

/** A setting as a flag or an environment variable states it. */
export interface Stated {
  readonly setting: Setting;
  readonly origin: 'flag' | 'environment';
  /** `flag --port` or `environment variable MODAL_EMULATOR_PORT`, for messages. */
  readonly label: string;
  readonly value: unknown;
}

/** What a flag says: its text, all its texts, or whether it is there. */
export type FlagValue = string | boolean | readonly string[];

/** What the command line and the environment say, before anything is read from it. */
export interface Sources {
  /** By flag, without dashes; false for its `--no-` form. */
  readonly flags: Readonly<Record<string, FlagValue>>;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Finds the strongest statement of a setting, its text not yet read. */
export function findStated(setting: Setting, sources: Sources): Stated | null {
  const flag = Object.hasOwn(sources.flags, setting.flag) ? sources.flags[setting.flag] : undefined;
  if (flag !== undefined) {
    const name = flag === false ? `no-${setting.flag}` : setting.flag;
    return { setting, origin: 'flag', label: `flag --${name}`, value: flag };
  }
  const name = environmentName(setting);
  const text = sources.environment[name];
  // Compose files and CI set variables to nothing when they mean not to set them.
  if (text === undefined || text === '') return null;
  return { setting, origin: 'environment', label: `environment variable ${name}`, value: text };
}

/** Reads the text of a statement: its value, or what is wrong with it. */
export async function readStated(stated: Stated): Promise<Stated | string> {
  const { setting } = stated;
  const value = parse(setting, stated.value);
  const read = { ...stated, value };
  if (setting.kind === 'script') {
    const { loadScriptFile } = await import('../config/load.ts');
    return { ...stated, value: await loadScriptFile(String(stated.value)) };
  }
  if (setting.kind === 'scenario') {
    const { loadScenario } = await import('../scenario/load-scenario.ts');
    return { ...stated, value: await loadScenario(String(stated.value)) };
  }
  if (setting.schema !== undefined && value !== false) return checkOwn(read, setting.schema);
  const reason = setting.path === null ? checkLoose(read) : checkBySchema(read, setting.path);
  return reason === null ? read : refusal(read, stated.value, reason);
}

function refusal({ setting, label }: Stated, value: unknown, reason: string): string {
  const shown = setting.isSecret === true ? '' : ` ${showValue(value)}`;
  return `Failed to read ${label}${shown}: it ${reason}`;
}

/** Asks the setting's own schema, whose output is the value. */
function checkOwn(read: Stated, schema: z.ZodType): Stated | string {
  const result = schema.safeParse(read.value);
  if (result.success) return { ...read, value: result.data };
  const problems = explainIssues(result.error.issues, read.value, schema);
  return problems.map(({ value, predicate }) => refusal(read, value, predicate)).join('\n');
}

function parse(setting: Setting, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (setting.kind === 'texts') {
    if (setting.hasNo === true && BOOLEANS[value.trim().toLowerCase()] === false) return false;
    return value.split(/\r?\n/).filter((line) => line.trim() !== '');
  }
  if (setting.kind === 'integer' && /^[+-]?\d+$/.test(value.trim())) return Number(value);
  if (setting.kind === 'boolean') return BOOLEANS[value.trim().toLowerCase()] ?? value;
  return value;
}

const BOOLEANS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  '1': true,
  false: false,
  no: false,
  off: false,
  '0': false,
};

function checkLoose({ setting, value }: Stated): string | null {
  const isWrong = setting.kind === 'boolean' && typeof value !== 'boolean';
  return isWrong ? 'must be true or false.' : null;
}

/** Asks the schema of the config file, so that a rule is written once. */
function checkBySchema({ setting, value }: Stated, path: readonly string[]): string | null {
  const { variant } = setting;
  const inVariant = variant === undefined ? {} : setAt({}, variant.path, variant.value);
  const probe = setAt(inVariant, path, value);
  const result = configSchema.safeParse(probe);
  if (result.success) return null;
  const problems = explainIssues(result.error.issues, probe, configSchema);
  // What else is missing around the value (`source: script` wants a script) is not its mistake.
  const own = problems.find((problem) => path.every((key, index) => problem.path[index] === key));
  return own?.predicate ?? null;
}
