import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { scriptSchema } from '../../emulator/answers/script-schema.ts';
import { valueAt } from '../../emulator/explain/guide.ts';
import { explainIssues, type Problem } from '../../emulator/explain/issues.ts';
import { escapeControls, showValue } from '../../emulator/explain/show.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import { type ConfigDocument, type Position, parseConfigText } from './document.ts';
import { readTextFile, type TextFileKind } from './read-text.ts';
import { configSchema } from './schema.ts';

const CONFIG: TextFileKind = { noun: 'config file', bytesMax: 1024 * 1024 };
const SCRIPT: TextFileKind = { noun: 'script file', bytesMax: 8 * 1024 * 1024 };

/** More mistakes than this help nobody. */
const MISTAKES_MAX = 20;

/** Values that no message may show. */
const SECRETS: ReadonlySet<string> = new Set(['adminToken']);

/**
 * Reads and checks a config file, YAML or JSON. Returns what it says, defaults not filled in, with
 * a script that was named by its file read in.
 * @throws UsageError that lists every mistake with file, line and column.
 */
export async function loadConfigFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  const document = await readDocument(path, CONFIG);
  // An empty file says nothing, and that is allowed: all defaults.
  const data = document.data ?? {};
  const scriptName = valueAt(data, ['answer', 'script']);
  const isNamed = typeof scriptName === 'string';
  const input = isNamed ? await withScript(data, resolve(dirname(path), scriptName)) : data;
  check({ path, noun: CONFIG.noun, document, input, schema: configSchema });
  // Sound: the schema takes nothing but a mapping.
  return input as Record<string, unknown>;
}

/**
 * Reads and checks a script of answers, YAML or JSON.
 * @throws UsageError that lists every mistake with file, line and column.
 */
export async function loadScriptFile(path: string): Promise<z.input<typeof scriptSchema>> {
  const document = await readDocument(path, SCRIPT);
  const input = document.data ?? {};
  check({ path, noun: SCRIPT.noun, document, input, schema: scriptSchema });
  // Sound: the schema has just taken it.
  return input as z.input<typeof scriptSchema>;
}

async function withScript(data: unknown, scriptPath: string): Promise<unknown> {
  const script = await loadScriptFile(scriptPath);
  // Sound: something was just found under `answer.script`, so both are objects.
  const config = data as Record<string, unknown>;
  return { ...config, answer: { ...(config.answer as Record<string, unknown>), script } };
}

async function readDocument(path: string, kind: TextFileKind): Promise<ConfigDocument> {
  const document = parseConfigText(await readTextFile(path, kind));
  if (document.syntaxErrors.length > 0) {
    const mistakes = document.syntaxErrors.map((error) => formatMistake(path, error, error.reason));
    throw mistakesError(path, kind.noun, mistakes);
  }
  return document;
}

interface Checked {
  readonly path: string;
  readonly noun: string;
  readonly document: ConfigDocument;
  readonly input: unknown;
  readonly schema: z.ZodType;
}

function check({ path, noun, document, input, schema }: Checked): void {
  const result = schema.safeParse(input);
  if (result.success) return;
  const problems = explainIssues(result.error.issues, input, schema);
  const mistakes = problems
    .map((problem) => ({ problem, position: document.locate(problem.path, problem.at) }))
    .toSorted((one, other) => comparePositions(one.position, other.position))
    .map(({ problem, position }) => formatMistake(path, position, formatProblem(problem)));
  throw mistakesError(path, noun, mistakes);
}

function comparePositions(one: Position, other: Position): number {
  return one.line - other.line || one.column - other.column;
}

function mistakesError(path: string, noun: string, mistakes: readonly string[]): UsageError {
  const count =
    mistakes.length === 1 ? 'there is a mistake' : `there are ${mistakes.length} mistakes`;
  const more = mistakes.length - MISTAKES_MAX;
  const lines = mistakes.slice(0, MISTAKES_MAX);
  if (more > 0) lines.push(`… and ${more} more`);
  const list = lines.map((line) => `\n  ${line}`).join('');
  return new UsageError(
    'invalid-config',
    `Failed to read ${noun} ${JSON.stringify(path)}: ${count} in it.${list}`,
  );
}

/** `emulator.yaml:3:7: …`, the form that editors and terminals make a link of. */
function formatMistake(path: string, { line, column }: Position, text: string): string {
  return `${escapeControls(path)}:${line}:${column}: ${text}`;
}

function formatProblem({ path, value, predicate }: Problem): string {
  const isSecret = path.some((key) => SECRETS.has(String(key)));
  const isShown = value !== undefined && typeof value !== 'object' && !isSecret;
  const text = isShown ? showValue(value) : '';
  // A schema's own message may be a sentence of its own, and name the value itself.
  const isPredicate = /^(?:must|is|has|takes) /.test(predicate);
  const shown = text === '' || predicate.includes(text) ? '' : ` ${text}`;
  return `${formatPath(path)}${shown}${isPredicate ? '' : ':'} ${predicate}`;
}

/** `answer.script.answers[3].text` */
function formatPath(path: readonly PropertyKey[]): string {
  if (path.length === 0) return 'the file';
  return path.reduce((text: string, key) => text + formatKey(key, text === ''), '');
}

function formatKey(key: PropertyKey, isFirst: boolean): string {
  if (typeof key === 'number') return `[${key}]`;
  const name = String(key);
  if (!/^[\w$-]+$/.test(name)) return `[${showValue(name)}]`;
  return isFirst ? name : `.${name}`;
}
