import { typeName } from '../../emulator/diagnosis/python-repr.ts';
import { showValue } from '../../emulator/explain/show.ts';
import { isDict, isList, type PyDict, type PyValue } from '../../emulator/python/value.ts';
import type { ProblemCode } from '../problems.ts';
import { broken, fine, type Stage } from './stage.ts';

/** Where endpoints in the wild put their text, the likeliest first. */
const WELL_KNOWN_KEYS = [
  'prompt',
  'response',
  'answer',
  'output',
  'generated_text',
  'text',
  'completion',
  'result',
  'content',
  'message',
] as const;

/** Finds the text of an answer under its key; null is a bare string. */
export function readShape(value: PyValue, key: string | null): Stage<string> {
  if (key === null) {
    if (typeof value === 'string') return wellFormed(value);
    return broken('answer-not-string', `The answer is ${kindOf(value)}, not a string.`);
  }
  if (!isDict(value)) {
    const more =
      typeof value === 'string'
        ? {
            hint: 'Answer one JSON object, or describe the endpoint in a config file: function.handler.key: null.',
          }
        : {};
    return broken('answer-not-object', `The answer is ${kindOf(value)}, not an object.`, more);
  }
  const text = value.get(key);
  if (text === undefined) return missingKey(value, key);
  if (typeof text === 'string') return wellFormed(text);
  return broken(
    problemOf(text),
    `The answer's ${showValue(key)} is ${kindOf(text)}, not a string.`,
  );
}

/** JSON can escape half of a surrogate pair, and every reader takes it; nobody can write it. */
function wellFormed(text: string): Stage<string> {
  if (text.isWellFormed()) return fine(text);
  const reason = `The text has half of a surrogate pair in it: ${showValue(text)}.`;
  return { problem: { code: 'value-surrogate', reason }, value: text };
}

function missingKey(answer: PyDict, key: string): Stage<never> {
  const keys = [...answer.keys()];
  const shown = keys.slice(0, 5).map(showValue).join(', ') + (keys.length > 5 ? ', …' : '');
  const has = keys.length === 0 ? 'it is empty' : `it has ${shown}`;
  const reason = `The answer has no key ${showValue(key)}; ${has}.`;
  if (keys.some((name) => name.toLowerCase() === key.toLowerCase())) {
    return broken('key-case', reason);
  }
  const other = WELL_KNOWN_KEYS.find((name) => typeof answer.get(name) === 'string');
  if (other === undefined) return broken('key-missing', reason);
  return broken('key-other', reason, {
    hint: `Answer under ${showValue(key)}, or say that it is meant to be ${showValue(other)}: --answer-key ${other}.`,
  });
}

function problemOf(value: Exclude<PyValue, string>): ProblemCode {
  if (value === null) return 'value-null';
  if (typeof value === 'boolean') return 'value-boolean';
  if (isList(value)) return 'value-list';
  return isDict(value) ? 'value-object' : 'value-number';
}

const KINDS: Readonly<Record<string, string>> = {
  NoneType: 'null',
  bool: 'a boolean',
  int: 'a number',
  float: 'a number',
  str: 'a string',
  list: 'a list',
  dict: 'an object',
};

function kindOf(value: PyValue): string {
  return KINDS[typeName(value)] ?? 'another value';
}
