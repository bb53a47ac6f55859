import { containsText } from './contains.ts';
import type { Diagnosis } from './diagnosis.ts';
import { explainMissingKey } from './explain-key.ts';
import { FINE, keyError, NO_ECHO, typeError } from './verdicts.ts';

/** Python looks for the key "prompt" in a bare string, too. */
export const STRING_ANSWER: Diagnosis = Object.freeze(
  typeError(
    "string indices must be integers, not 'str'",
    'The answer is a bare JSON string, in which the class looks for the key "prompt".',
  ),
);

/**
 * What LangChain's class makes of the common answer, `{"<key>": text}` with status 200, or the
 * bare string where the key is null: the same as `diagnose` of the written answer, at the price of
 * one search. The text must be well-formed, since FastAPI answers no other.
 */
export function diagnoseText(text: string, key: string | null, prompt: string): Diagnosis {
  if (key === 'prompt') return containsText(text, prompt) ? FINE : NO_ECHO;
  if (key === null) return STRING_ANSWER;
  return keyError(explainMissingKey(200, new Map([[key, text]])));
}
