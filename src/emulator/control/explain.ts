import type { z } from 'zod';
import { didYouMean } from '../../contract/suggest.ts';
import { MATCH_KEYS } from './match.ts';
import { show } from './problem.ts';

const ISSUES_SHOWN_MAX = 5;

/** Words of WireMock and others for what has another name here. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  url: 'target',
  urlPath: 'path',
  urlPathPattern: 'path',
  headers: 'header',
  body: 'promptContains',
  bodyPatterns: 'promptContains',
  kind: 'outcome',
};

/** What was read: the value, where it came from and which keys it may have. */
export interface Source {
  readonly value: unknown;
  readonly name: 'query' | 'body';
  readonly keys: readonly string[];
}

/** What is wrong with a value, one sentence for each issue. */
export function explain(issues: readonly z.core.$ZodIssue[], source: Source): string {
  return issues
    .slice(0, ISSUES_SHOWN_MAX)
    .map((issue) => explainIssue(issue, source))
    .join(' ');
}

function explainIssue(issue: z.core.$ZodIssue, source: Source): string {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => explainKey(key, path, source)).join(' ');
  }
  if (path.length === 0) return `Failed to read the body: ${reasonOf(issue)}. Send an object.`;
  const value = valueAt(source.value, path);
  const quoted = `${source.name} "${path.join('.')}" ${show(value)}`;
  return `Failed to read ${quoted}: ${reasonOf(issue)}.${hintForValue(issue, value)}`;
}

function explainKey(key: string, path: readonly string[], source: Source): string {
  const hint = path.length === 0 ? hintFor(key, source) : hintForMatch(key);
  return `Failed to read ${source.name} ${show([...path, key].join('.'))}: unknown key.${hint}`;
}

/** The way out of an unknown key: another place, another name, or the names there are. */
function hintFor(key: string, source: Source): string {
  const { keys } = source;
  const matchKey = ownWord(key);
  if (keys.includes('match') && MATCH_KEYS.includes(matchKey)) {
    return ` Put it inside of "match": {"match": {"${matchKey}": …}}.`;
  }
  const there =
    keys.length === 0 ? ` This path reads no ${source.name}.` : ` There are: ${keys.join(', ')}.`;
  return didYouMean(key, keys) || there;
}

function hintForMatch(key: string): string {
  return didYouMean(ownWord(key), MATCH_KEYS) || ` There are: ${MATCH_KEYS.join(', ')}.`;
}

function ownWord(word: string): string {
  return (Object.hasOwn(OTHER_WORDS, word) ? OTHER_WORDS[word] : undefined) ?? word;
}

function hintForValue(issue: z.core.$ZodIssue, value: unknown): string {
  if (issue.code !== 'invalid_value' || typeof value !== 'string') return '';
  return didYouMean(value, issue.values.map(String));
}

/** zod begins with "Invalid input: " or the like, which the message has said already. */
function reasonOf(issue: z.core.$ZodIssue): string {
  return issue.message.replace(/^(?:Invalid|Too)[^:"]*: /, '');
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = Reflect.get(current, key);
  }
  return current;
}
