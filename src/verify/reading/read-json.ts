import { DEPTH_MAX } from '../../emulator/diagnosis/response-json.ts';
import { showValue } from '../../emulator/explain/show.ts';
import {
  JsonDecodeError,
  JsonDepthError,
  JsonIntError,
} from '../../emulator/python/json-errors.ts';
import { readJson } from '../../emulator/python/json-read.ts';
import { isDict, type PyValue } from '../../emulator/python/value.ts';
import type { ProblemCode } from '../problems.ts';
import { findOddities } from './find-oddities.ts';
import { broken, fine, type Stage } from './stage.ts';

const OPTIONS = { trailingCommaMessage: true, depthMax: DEPTH_MAX } as const;

/** Reads the text as JSON; the key tells whether a bare string is what was promised. */
export function readJsonAnswer(text: string, key: string | null): Stage<PyValue> {
  if (hasTooManyParts(text)) {
    const reason = `The answer has more than ${PARTS_MAX} values and escapes.`;
    return broken('json-too-many-values', reason);
  }
  let value: PyValue;
  try {
    value = readJson(text, OPTIONS);
  } catch (error) {
    return unreadable(text, error);
  }
  if (typeof value === 'string' && key !== null && isDict(parsed(value) ?? null)) {
    return broken('json-double-encoded', `The answer is the JSON string ${showValue(value)}.`);
  }
  const { hasNotNumber, duplicateKey } = findOddities(text);
  if (hasNotNumber) {
    const reason = `NaN or Infinity stands in the answer: ${showValue(text)}.`;
    return { problem: { code: 'json-nan', reason }, value };
  }
  if (duplicateKey === null) return fine(value);
  const reason = `The key ${showValue(duplicateKey)} stands twice: ${showValue(text)}.`;
  return { problem: { code: 'json-duplicate-keys', reason }, value };
}

/** Each takes a hundred times the memory of the one or two characters that it is written with. */
const PARTS_MAX = 500_000;

/** What begins a list, an object, a string, an escape, or one more of them. */
const PARTS = new Set(Array.from('[{",\\', (unit) => unit.charCodeAt(0)));

function hasTooManyParts(text: string): boolean {
  if (text.length <= PARTS_MAX) return false;
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (PARTS.has(text.charCodeAt(index))) count += 1;
  }
  return count > PARTS_MAX;
}

function unreadable(text: string, error: unknown): Stage<never> {
  if (error instanceof JsonDepthError) {
    return broken('json-too-deep', `The answer is nested deeper than ${DEPTH_MAX} levels.`);
  }
  if (error instanceof JsonIntError) {
    return broken('json-huge-number', 'The answer holds an integer of more than 4300 digits.');
  }
  if (!(error instanceof JsonDecodeError)) throw error;
  if (text.trim() === '') return broken('body-empty', 'The answer has no body.');
  const code = kindOf(text, error);
  return broken(code, `The answer is ${showValue(text.trim())} (Python says: ${error.message}).`);
}

function kindOf(text: string, error: JsonDecodeError): ProblemCode {
  const start = text.trimStart().slice(0, 10);
  if (start.startsWith('<')) return 'html';
  if (/^(?:data|event|id|retry)?:/.test(start)) return 'event-stream';
  if (error.msg === 'Extra data') return isJsonLines(text) ? 'json-lines' : 'json-trailing-garbage';
  if (!/^["[{]/.test(start)) return 'plain-text';
  return isCutOff(text, error) ? 'json-truncated' : 'json-invalid';
}

function isJsonLines(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 1 && lines.every((line) => parsed(line) !== undefined);
}

/** The reader came to the end and wanted more. */
function isCutOff(text: string, error: JsonDecodeError): boolean {
  if (error.msg.startsWith('Unterminated string')) return true;
  // Python counts characters, of which JavaScript may need two units.
  return error.pos >= text.trimEnd().replace(/[\ud800-\udbff][\udc00-\udfff]/g, '.').length;
}

function parsed(text: string): PyValue | undefined {
  try {
    return readJson(text, OPTIONS);
  } catch {
    return undefined;
  }
}
