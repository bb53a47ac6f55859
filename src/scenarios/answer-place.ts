import { z } from 'zod';
import { type PlainAnswer, writeValue } from './plain-answer.ts';

/** Where something stands: under the answer's key, or in place of the whole answer. */
export type AnswerPlace = 'value' | 'answer';

/** The option `at`, with what it is when it is not given. */
export function placeOption(otherwise: AnswerPlace) {
  return z
    .enum(['value', 'answer'])
    .default(otherwise)
    .describe('"value": under the key of the answer; "answer": in place of the whole answer.');
}

/** Puts JSON there. */
export function putJson(answer: PlainAnswer, at: AnswerPlace, json: string): string {
  return at === 'value' ? writeValue(answer, json) : json;
}
