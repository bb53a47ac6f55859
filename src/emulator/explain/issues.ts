import type { z } from 'zod';
import { didYouMean } from '../../contract/suggest.ts';
import { keysAt, valueAt } from './guide.ts';
import { joinWords, showValue } from './show.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** One thing that is wrong with an input, ready to be told. */
export interface Problem {
  readonly path: Path;
  /** Whether to point at the key or at its value. */
  readonly at: 'key' | 'value';
  /** The offending value; undefined when there is none to show. */
  readonly value: unknown;
  /** What to say of the path and its value: `must be a whole number.` */
  readonly predicate: string;
}

/** Turns zod's issues into problems, looking through unions for the variant that was meant. */
export function explainIssues(
  issues: readonly Issue[],
  input: unknown,
  schema: z.ZodType,
): readonly Problem[] {
  return issues.flatMap((issue) => explain(issue, { input, schema, base: [] }));
}

interface Scope {
  readonly input: unknown;
  readonly schema: z.ZodType;
  /** What the paths of the issues in a union's branch are relative to. */
  readonly base: Path;
}

function explain(issue: Issue, scope: Scope): readonly Problem[] {
  const path = [...scope.base, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(scope.schema, path, scope.input);
    return issue.keys.map((key) => unknownKey([...path, key], key, known));
  }
  if (issue.code === 'invalid_key') {
    const [inner] = issue.issues;
    const predicate = endSentence(inner?.message ?? issue.message);
    return [{ path, at: 'key', value: undefined, predicate }];
  }
  if (issue.code === 'invalid_union') {
    const branch = bestBranch(issue.errors);
    if (branch !== null) return branch.flatMap((inner) => explain(inner, { ...scope, base: path }));
  }
  const value = valueAt(scope.input, path);
  return [{ path, at: 'value', value, predicate: endSentence(predicateOf(issue, value)) }];
}

function unknownKey(path: Path, key: string, known: readonly string[]): Problem {
  const meant = didYouMean(key, known);
  const list = known.length === 0 ? '' : ` Known here: ${known.join(', ')}.`;
  const predicate = `is not a known key.${meant === '' ? list : meant}`;
  return { path, at: 'key', value: undefined, predicate };
}

/**
 * The variant that the user meant: the one with the least to correct among those that take this
 * kind of value at all. Null when none does, and the alternatives are told instead.
 */
function bestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | null {
  const meant = branches.filter((branch) => branch.length > 0 && !branch.some(isRootMismatch));
  const [best] = meant.toSorted((one, other) => penalty(one) - penalty(other));
  return best ?? null;
}

function isRootMismatch(issue: Issue): boolean {
  const isMismatch = issue.code === 'invalid_type' || issue.code === 'invalid_value';
  return issue.path.length === 0 && isMismatch;
}

function penalty(branch: readonly Issue[]): number {
  return branch.reduce((sum, issue) => sum + penaltyOf(issue), 0);
}

function penaltyOf(issue: Issue): number {
  // A key that a variant does not know says most clearly that another variant was meant.
  if (issue.code === 'unrecognized_keys') return 10 * issue.keys.length;
  return issue.code === 'invalid_type' ? 5 : 1;
}

function predicateOf(issue: Issue, value: unknown): string {
  const options = optionsOf(issue);
  // A schema that says something itself knows more than its code tells, but for a wrong name.
  if (!isDefault(issue.message) && options.length === 0) return issue.message;
  const expected = [...new Set([...options.map(showValue), ...kindsOf(issue)])];
  if (expected.length > 0) {
    const verb = value === undefined ? 'is missing; it must be' : 'must be';
    const texts = options.filter((option) => typeof option === 'string');
    const meant = typeof value === 'string' ? didYouMean(value, texts) : '';
    if (expected.length > OPTIONS_MAX && meant !== '') return `is not known here.${meant}`;
    const instead = typeof value === 'object' && value !== null ? `, not ${showValue(value)}` : '';
    return `${verb} ${joinWords(clipOptions(expected))}${instead}.${meant}`;
  }
  if (issue.code === 'too_big') return `must be at most ${measure(issue.origin, issue.maximum)}`;
  if (isEmptyIssue(issue)) return 'must not be empty';
  if (issue.code === 'too_small') return `must be at least ${measure(issue.origin, issue.minimum)}`;
  return issue.message;
}

/** More words than these are a list to look into, and no message. */
const OPTIONS_MAX = 20;

function clipOptions(words: readonly string[]): readonly string[] {
  if (words.length <= OPTIONS_MAX) return words;
  const shown = words.slice(0, OPTIONS_MAX / 2);
  return [...shown, `one of ${words.length - shown.length} others`];
}

function isEmptyIssue(issue: Issue): boolean {
  if (issue.code !== 'too_small' || issue.minimum !== 1) return false;
  return issue.origin === 'string' || issue.origin === 'array';
}

function isDefault(message: string): boolean {
  return /^(?:Invalid|Too|Unrecognized) /.test(message);
}

/** The literal values that would have been taken. */
function optionsOf(issue: Issue): readonly unknown[] {
  if (issue.code === 'invalid_value') return issue.values;
  if (issue.code !== 'invalid_union') return [];
  const own = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
  return [...own, ...issue.errors.flat().flatMap(optionsOf)];
}

/** The kinds of value that would have been taken, in words. */
function kindsOf(issue: Issue): readonly string[] {
  if (issue.code === 'invalid_type') return [KINDS[issue.expected] ?? `a ${issue.expected}`];
  return issue.code === 'invalid_union' ? issue.errors.flat().flatMap(kindsOf) : [];
}

function measure(origin: string, limit: number | bigint): string {
  if (origin === 'string') return `${limit} characters long`;
  return origin === 'array' ? `${limit} entries long` : String(limit);
}

function endSentence(text: string): string {
  return /[.?]$/.test(text) ? text : `${text}.`;
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  null: 'null',
};
