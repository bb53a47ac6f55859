import { defaultVariant } from './defaults.ts';
import type { Setting, Variant } from './setting.ts';
import { isStronger, type Origin, type Stated } from './stated.ts';
import { getAt, setAt, type Tree } from './tree.ts';

/** What a discriminator says in the end, and who says so. */
interface Choice {
  readonly value: string;
  readonly origin: Origin;
  readonly label: string;
}

/** A config file's content with what flags and environment say on top. */
export interface Merged {
  readonly input: Tree;
  readonly problems: readonly string[];
}

/**
 * Lays the stated settings over the file. Where they choose another variant than the file
 * (`--answer echo` over `source: faker`), what the file says of its own variant falls away.
 */
export function mergeVariants(
  settings: readonly Setting[],
  stated: readonly Stated[],
  file: Tree,
): Merged {
  let input = file;
  const problems: string[] = [];
  const choices = new Map<string, Choice>();
  for (const path of discriminators(settings)) {
    const choice = choose(path, stated, file);
    choices.set(path.join('.'), choice);
    const said = getAt(file, path);
    const parent = path.slice(0, -1);
    if (said !== undefined && said !== choice.value) input = setAt(input, parent, {});
    if (choice.origin !== 'default') input = setAt(input, path, choice.value);
  }
  for (const one of stated) {
    const { path, variant } = one.setting;
    if (path === null) continue;
    const choice = variant === undefined ? undefined : choices.get(variant.path.join('.'));
    if (variant !== undefined && choice !== undefined && choice.value !== variant.value) {
      // A weaker word about a variant that was not chosen means nothing; an equal one contradicts.
      if (isStronger(choice.origin, one.origin)) continue;
      const chooser = settings.find((setting) => isSame(setting.path, variant.path));
      problems.push(contradiction(one, variant, choice, chooser));
      continue;
    }
    if (variant !== undefined) input = setAt(input, variant.path, variant.value);
    input = setAt(input, path, one.value);
  }
  return { input, problems };
}

function discriminators(settings: readonly Setting[]): readonly (readonly string[])[] {
  const paths = settings.flatMap(({ variant }) => (variant === undefined ? [] : [variant.path]));
  return [...new Map(paths.map((path) => [path.join('.'), path])).values()];
}

function choose(path: readonly string[], stated: readonly Stated[], file: Tree): Choice {
  const said = getAt(file, path);
  let choice: Choice =
    typeof said === 'string'
      ? { value: said, origin: 'file', label: 'config file' }
      : { value: defaultVariant(path), origin: 'default', label: 'default' };
  const own = stated.find(({ setting }) => isSame(setting.path, path));
  if (own !== undefined) {
    choice = { value: String(own.value), origin: own.origin, label: own.label };
  }
  for (const one of stated) {
    const { variant, choosesVariant } = one.setting;
    const isImplied =
      choosesVariant === true && variant !== undefined && isSame(variant.path, path);
    if (isImplied && isStronger(one.origin, choice.origin)) {
      choice = { value: variant.value, origin: one.origin, label: one.label };
    }
  }
  return choice;
}

function isSame(one: readonly string[] | null, other: readonly string[]): boolean {
  return one !== null && one.join('.') === other.join('.');
}

function contradiction(one: Stated, variant: Variant, choice: Choice, chooser?: Setting): string {
  const name = variant.path.join('.');
  const way =
    chooser === undefined ? 'Change the config file' : `Add --${chooser.flag} ${variant.value}`;
  return (
    `Failed to apply ${one.label}: it belongs to ${name} "${variant.value}", and ${name} is ` +
    `"${choice.value}" (${choice.label}). ${way}, or leave it out.`
  );
}
