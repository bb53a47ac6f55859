import type { z } from 'zod';
import { explainIssues, type Problem } from '../../emulator/explain/issues.ts';
import { escapeControls, showValue } from '../../emulator/explain/show.ts';
import { UsageError } from '../../emulator/usage-error.ts';
import { type ConfigDocument, type Position, parseConfigText } from './document.ts';
import { readTextFile, type TextFileKind } from './read-text.ts';

/** A file that could be read as YAML or JSON, and what it is. */
export interface ReadFile {
  readonly path: string;
  readonly kind: DocumentKind;
  /** As it was read; equal texts say the same. */
  readonly text: string;
  readonly document: ConfigDocument;
}

/** A kind of file that holds YAML or JSON. */
export interface DocumentKind extends TextFileKind {
  /** Where to look for what may stand in it, as a sentence; said with every mistake. */
  readonly help?: string;
}

/** What a schema found wrong with an input. */
export interface Refused {
  readonly input: unknown;
  readonly schema: z.ZodType;
  readonly issues: readonly z.core.$ZodIssue[];
}

/** More mistakes than this help nobody. */
const MISTAKES_MAX = 20;

/** Values that no message may show. */
const SECRETS: ReadonlySet<string> = new Set(['adminToken']);

/**
 * Reads a file as YAML or JSON; what it says is not checked yet.
 * @throws UsageError when it cannot be read, with line and column where it is neither
 */
export async function readDocument(path: string, kind: DocumentKind): Promise<ReadFile> {
  const text = await readTextFile(path, kind);
  const document = parseConfigText(text);
  const file = { path, kind, text, document };
  if (document.syntaxErrors.length > 0) {
    const mistakes = document.syntaxErrors.map((error) => formatMistake(path, error, error.reason));
    throw mistakesError({ path, kind: { ...kind, help: '' } }, mistakes);
  }
  return file;
}

/** The error that lists every mistake with file, line and column. */
export function refuseFile(file: ReadFile, { input, schema, issues }: Refused): UsageError {
  const { path, document } = file;
  const mistakes = explainIssues(issues, input, schema)
    .map((problem) => ({ problem, position: document.locate(problem.path, problem.at) }))
    .toSorted((one, other) => comparePositions(one.position, other.position))
    .map(({ problem, position }) => formatMistake(path, position, formatProblem(problem)));
  return mistakesError(file, mistakes);
}

function comparePositions(one: Position, other: Position): number {
  return one.line - other.line || one.column - other.column;
}

function mistakesError(
  { path, kind }: Pick<ReadFile, 'path' | 'kind'>,
  mistakes: readonly string[],
): UsageError {
  const count =
    mistakes.length === 1 ? 'there is a mistake' : `there are ${mistakes.length} mistakes`;
  const more = mistakes.length - MISTAKES_MAX;
  const lines = mistakes.slice(0, MISTAKES_MAX);
  if (more > 0) lines.push(`… and ${more} more`);
  const list = lines.map((line) => `\n  ${line}`).join('');
  const help = (kind.help ?? '') === '' ? '' : `\n${kind.help}`;
  return new UsageError(
    'invalid-config',
    `Failed to read ${kind.noun} ${JSON.stringify(path)}: ${count} in it.${list}${help}`,
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
  const isPredicate = VERB.test(predicate);
  const shown = text === '' || predicate.includes(text) ? '' : ` ${text}`;
  return `${formatPath(path)}${shown}${isPredicate ? '' : ':'} ${predicate}`;
}

const VERB = /^(?:must|is|has|takes|needs|hold|holds|does) /;

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
