import { explainIssues } from '../../emulator/explain/issues.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import { type Config, configSchema } from '../config/schema.ts';
import type { Setting } from './setting.ts';
import { findStated, type Origin, readStated, type Sources, type Stated } from './stated.ts';
import { getAt, isTree, setAt, type Tree } from './tree.ts';
import { mergeVariants } from './variants.ts';

/** The settings in force. */
export interface Resolved {
  readonly config: Config;
  /** The same as it is written, without defaults. */
  readonly input: Tree;
  /** Those that are no part of the configuration, by flag: `json`, `config`. */
  readonly loose: Readonly<Record<string, unknown>>;
  /** Where the value of each setting comes from, by flag. */
  readonly origins: Readonly<Record<string, Origin>>;
}

/**
 * Reads every setting: flags before environment before config file before defaults.
 * @throws UsageError that names everything wrong with the flags and the environment, or the file.
 */
export async function resolveSettings(
  settings: readonly Setting[],
  sources: Sources,
): Promise<Resolved> {
  const found = settings
    .map((setting) => findStated(setting, sources))
    .filter((one) => one !== null);
  const read = await Promise.all(found.map(readStated));
  throwProblems(read.filter((one) => typeof one === 'string'));
  const stated = read.filter((one) => typeof one !== 'string');
  const loose = Object.fromEntries(
    stated.filter((one) => one.setting.path === null).map((one) => [one.setting.flag, one.value]),
  );
  const file = typeof loose.config === 'string' ? await loadFile(loose.config) : {};
  const merged = mergeVariants(settings, stated, expandAnswer(file));
  throwProblems(merged.problems);
  const config = parse(merged.input);
  const origins = settings.map(
    (setting) => [setting.flag, originOf(setting, stated, file)] as const,
  );
  return { config, input: merged.input, loose, origins: Object.fromEntries(origins) };
}

/** Reading YAML is loaded when there is some: most starts have none. */
async function loadFile(path: string): Promise<Tree> {
  const { loadConfigFile } = await import('../config/load.ts');
  return loadConfigFile(path);
}

/** `answer: echo` is short for `answer: {source: echo}`, and flags add to the long form. */
function expandAnswer(file: Tree): Tree {
  return typeof file.answer === 'string' ? setAt(file, ['answer', 'source'], file.answer) : file;
}

function originOf(setting: Setting, stated: readonly Stated[], file: Tree): Origin {
  const own = stated.find((one) => one.setting === setting);
  if (own !== undefined) return own.origin;
  const inFile = setting.path !== null && getAt(expandAnswer(file), setting.path) !== undefined;
  return inFile ? 'file' : 'default';
}

function parse(input: Tree): Config {
  const result = configSchema.safeParse(input);
  if (result.success) return result.data;
  // Every value was checked alone and the file as a whole: what remains lies between them.
  const isScriptless =
    getAt(input, ['answer', 'source']) === 'script' && !isTree(getAt(input, ['answer', 'script']));
  if (isScriptless) {
    throw new UsageError(
      'no-script',
      'Failed to choose the answer source "script": there is no script. Add --script FILE.',
    );
  }
  const problems = explainIssues(result.error.issues, input, configSchema);
  throw new UsageError(
    'invalid-settings',
    problems
      .map(
        ({ path, predicate }) => `Failed to combine the settings: ${path.join('.')} ${predicate}`,
      )
      .join('\n'),
  );
}

function throwProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new UsageError('invalid-settings', problems.join('\n'));
}
