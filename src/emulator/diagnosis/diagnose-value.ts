import { isDict, isList, type PyDict, type PyValue } from '../python/value.ts';
import { containsText } from './contains.ts';
import { STRING_ANSWER } from './diagnose-text.ts';
import type { Diagnosis } from './diagnosis.ts';
import { explainMissingKey } from './explain-key.ts';
import { clipRepr, repr, typeName } from './python-repr.ts';
import { FINE, fails, keyError, NO_ECHO, typeError } from './verdicts.ts';

/**
 * What the class does with the JSON it has read:
 * `if prompt in response.json()["prompt"]: response_json = response.json()`.
 */
export function diagnoseValue(status: number, answer: PyValue, prompt: string): Diagnosis {
  if (typeof answer === 'string') return STRING_ANSWER;
  if (isList(answer)) {
    return typeError(
      'list indices must be integers or slices, not str',
      'The answer is a JSON array, in which the class looks for the key "prompt".',
    );
  }
  if (!isDict(answer)) {
    return typeError(
      `'${typeName(answer)}' object is not subscriptable`,
      `The answer is not a JSON object (Python reads ${typeName(answer)}).`,
    );
  }
  const value = answer.get('prompt');
  if (value === undefined) return keyError(explainMissingKey(status, answer));
  if (typeof value === 'string') return containsText(value, prompt) ? FINE : NO_ECHO;
  if (isList(value) || isDict(value)) return diagnoseContainer(value, prompt);
  return typeError(
    `argument of type '${typeName(value)}' is not iterable`,
    `The answer's "prompt" is not a string (Python reads ${typeName(value)}).`,
  );
}

/** `in` finds the prompt in a list or among a dict's keys, and LangChain then wants a string. */
function diagnoseContainer(value: readonly PyValue[] | PyDict, prompt: string): Diagnosis {
  const holdsPrompt = isList(value) ? value.includes(prompt) : value.has(prompt);
  if (!holdsPrompt) return NO_ECHO;
  const name = typeName(value);
  return fails({
    exception: 'pydantic_core._pydantic_core.ValidationError',
    message: [
      '1 validation error for Generation',
      'text',
      `  Input should be a valid string [type=string_type, input_value=${clipRepr(repr(value))}, input_type=${name}]`,
      '    For further information visit https://errors.pydantic.dev/2.13/v/string_type',
    ].join('\n'),
    because: `The answer's "prompt" is a ${name} that holds the prompt, not a string.`,
    hint: 'Answer one string that repeats the prompt under "prompt".',
  });
}
